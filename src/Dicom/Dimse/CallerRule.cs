using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Who may call: a calling AE title together with the addresses it may call from.</summary>
/// <param name="AeTitle">The calling title (PS3.8 §9.3.2), or <see langword="null"/> for any.</param>
/// <param name="Addresses">Networks; an IPv4 address that comes as IPv6 (::ffff:a.b.c.d) counts as IPv4.</param>
public sealed record CallerRule(AeTitle? AeTitle, IReadOnlyList<IPNetwork> Addresses)
{
    /// <summary>What stands for any title.</summary>
    public const string AnyTitle = "*";

    /// <summary>Whether it is about callers of this address.</summary>
    public bool Covers(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = Plain(address);
        return Addresses.Any(network => network.Contains(plain));
    }

    /// <summary>Whether it allows this caller.</summary>
    public bool Allows(AeTitle caller, IPAddress address) => (AeTitle is null || AeTitle == caller) && Covers(address);

    /// <summary>Reads <c>AET@NETWORK</c>, such as <c>PACS1@10.0.0.0/8</c> or <c>*@10.0.0.5</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CallerRule? rule)
    {
        rule = null;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at < 0 || !TryParseTitle(text![..at], out var title) || !TryParseNetwork(text[(at + 1)..], out var network))
        {
            return false;
        }

        rule = new CallerRule(title, [network]);
        return true;
    }

    /// <summary>Reads a title, or <see cref="AnyTitle"/> as <see langword="null"/>.</summary>
    public static bool TryParseTitle(string? text, out AeTitle? title)
    {
        title = null;
        if (text == AnyTitle)
        {
            return true;
        }

        var valid = UpperLayer.AeTitle.TryParse(text, out var read);
        title = valid ? read : null;
        return valid;
    }

    /// <summary>Reads a network such as <c>10.0.0.0/8</c>, or one address.</summary>
    public static bool TryParseNetwork(string? text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
        {
            return true;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        var plain = Plain(address);
        network = new IPNetwork(plain, plain.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>An IPv4 address as such, also where a socket of both families gives it as IPv6.</summary>
    internal static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
