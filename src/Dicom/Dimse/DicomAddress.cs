using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Where an application entity is: AET@HOST:PORT. An IPv6 address stands in brackets.</summary>
public sealed record DicomAddress(AeTitle AeTitle, string Host, int Port)
{
    /// <exception cref="FormatException"><paramref name="text"/> is no AET@HOST:PORT.</exception>
    public static DicomAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"\"{text}\" is not AET@HOST:PORT, such as PACS@10.0.0.5:11112.");

    /// <summary>Takes AET@HOST:PORT where <paramref name="text"/> is that.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DicomAddress? address)
    {
        address = null;
        var at = text?.LastIndexOf('@') ?? -1;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (at < 1 || colon <= at + 1
            || !AeTitle.TryParse(text![..at], out var title)
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        var host = text[(at + 1)..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }

        address = new DicomAddress(title, host, port);
        return host.Length > 0 && !host.Any(char.IsWhiteSpace);
    }

    /// <summary>AET@HOST:PORT.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{AeTitle}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
