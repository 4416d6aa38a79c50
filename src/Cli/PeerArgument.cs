using System.CommandLine.Parsing;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Cli;

/// <summary>Reads AET@HOST:PORT and AE titles from the command line; what is none is wrong usage.</summary>
internal static class PeerArgument
{
    internal static AeTitle DefaultTitle => new("BRAINTUMORDICOM");

    internal static DicomAddress? Parse(ArgumentResult result)
    {
        if (DicomAddress.TryParse(result.Tokens[0].Value, out var address))
        {
            return address;
        }

        result.AddError($"\"{result.Tokens[0].Value}\" is not AET@HOST:PORT, such as PACS@10.0.0.5:11112.");
        return null;
    }

    internal static AeTitle ParseTitle(ArgumentResult result)
    {
        if (AeTitle.TryParse(result.Tokens[0].Value, out var title))
        {
            return title;
        }

        result.AddError($"\"{result.Tokens[0].Value}\" is not an AE title: 1 to 16 printable characters without backslash.");
        return default;
    }
}
