using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BrainTumorDicom.Service.Web;

/// <summary>Who may write, or read what names persons: whoever has the token, or where none is configured, programs on this machine.</summary>
internal static class CallerCheck
{
    private const string Bearer = "Bearer ";

    /// <summary>What keeps a caller out.</summary>
    /// <param name="authorization">The header Authorization.</param>
    /// <param name="token">What is configured; empty for none.</param>
    /// <param name="setting">The setting that it comes from, for the message.</param>
    /// <param name="remote">Where the request comes from.</param>
    /// <returns>HTTP status and reason, or <see langword="null"/> for a caller that is let in.</returns>
    public static (int Status, string Reason)? FindRefusal(string authorization, string token, string setting, IPAddress remote)
    {
        if (token.Length == 0)
        {
            return IPAddress.IsLoopback(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote)
                ? null
                : (StatusCodes.Status403Forbidden, $"no token is configured ({setting}), so only this machine may send");
        }

        var given = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : "";

        // Hashes, so that neither content nor length shows in the time.
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token)))
            ? null
            : (StatusCodes.Status401Unauthorized, "the token is missing or wrong");
    }

    /// <summary>Whether the request was made for this machine's own address. Without a token a page in a browser here could have its own name point to this machine, and speak as this machine.</summary>
    public static bool IsForOwnAddress(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Host.Trim('[', ']'), out _);
}
