using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Reads <c>ADDRESS:PORT</c>. Unlike <see cref="IPEndPoint.TryParse(string, out IPEndPoint)"/> the port must be there.</summary>
internal static class EndPointText
{
    /// <summary>The same for text that was checked before.</summary>
    /// <exception cref="FormatException">It was not.</exception>
    public static IPEndPoint Parse(string text) =>
        TryParse(text, out var endPoint) ? endPoint : throw new FormatException($"'{text}' is not ADDRESS:PORT.");

    /// <summary>Reads an IP address (or <c>localhost</c>) and a port.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0)
        {
            return false;
        }

        var address = text![..colon];
        if (string.Equals(address, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            text = $"127.0.0.1{text[colon..]}";
        }
        else if (address.Contains(':', StringComparison.Ordinal) && !address.StartsWith('['))
        {
            // An IPv6 address without brackets: its last group would be taken for the port.
            return false;
        }

        return IPEndPoint.TryParse(text, out endPoint);
    }
}
