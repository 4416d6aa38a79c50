using System.Net;
using Microsoft.AspNetCore.Http;

namespace BrainTumorDicom.Service.Web;

/// <summary>Requests that are not let in, and how they are told.</summary>
internal static class Refusal
{
    /// <summary>What keeps a caller out of what writes, or names persons; <see langword="null"/> where nothing does.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">What is configured; empty for none.</param>
    /// <param name="setting">The setting that it comes from, for the message.</param>
    public static (int Status, string Reason)? Find(HttpContext context, string token, string setting) =>
        CallerCheck.FindRefusal(context.Request.Headers.Authorization.ToString(), token, setting, context.Connection.RemoteIpAddress ?? IPAddress.Loopback)
            ?? (token.Length == 0 && !CallerCheck.IsForOwnAddress(context.Request.Host)
                ? (StatusCodes.Status403Forbidden, $"without a token ({setting}) the address is to be localhost or a number")
                : null);

    /// <summary>Answers with a status and one line.</summary>
    public static Task WriteAsync(HttpContext context, int status, string reason)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }
}
