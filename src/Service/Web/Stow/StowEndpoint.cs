using System.Net;
using BrainTumorDicom.Dicom.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>The Store transaction of the Studies service (STOW-RS, PS3.18 §10.5): <c>POST /studies</c> and <c>POST /studies/{study}</c>.</summary>
internal static class StowEndpoint
{
    /// <summary>Maps it under <paramref name="path"/>.</summary>
    public static void MapStow(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapPost(path + "/studies", (RequestDelegate)StoreAsync);
        routes.MapPost(path + "/studies/{study}", (RequestDelegate)StoreAsync);
    }

    private static async Task StoreAsync(HttpContext context)
    {
        var stow = context.RequestServices.GetRequiredService<StowReceiver>();
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.Loopback, context.Connection.RemotePort);
        var study = context.Request.RouteValues["study"] as string ?? "";
        if (FindRefusal(context, stow, remote, study, out var request) is var (status, reason))
        {
            await RefuseAsync(context, stow, remote, status, reason).ConfigureAwait(false);
            return;
        }

        var (session, busy) = stow.TryBegin(remote, study);
        if (session is null)
        {
            context.Response.Headers.RetryAfter = "60";
            await RefuseAsync(context, stow, remote, StatusCodes.Status503ServiceUnavailable, busy).ConfigureAwait(false);
            return;
        }

        // Kestrel's own limit is made for forms.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = stow.Options.StowMaximumBodyBytes;
        var failure = await RunAsync(context, session, request!).ConfigureAwait(false);
        if (failure is var (code, text))
        {
            stow.Logger.BrokenOff(session.Id, session.Result.Stored, remote, text);
            await WriteTextAsync(context, code, text).ConfigureAwait(false);
            return;
        }

        stow.Logger.Answered(session.Id, session.Result.Stored, session.Result.Failed, remote);
        await AnswerAsync(context, session.Result).ConfigureAwait(false);
    }

    /// <summary>What keeps a request from being read at all.</summary>
    private static (int Status, string Reason)? FindRefusal(HttpContext context, StowReceiver stow, IPEndPoint remote, string study, out StowRequest? request)
    {
        request = null;
        var headers = context.Request.Headers;
        return CallerCheck.FindRefusal(headers.Authorization.ToString(), stow.Options.StowToken, "Http:StowToken", remote.Address) is { } refusal ? refusal
            : !StowRequest.AcceptsJson(headers.Accept) ? (StatusCodes.Status406NotAcceptable, "the answer is application/dicom+json")
            : !StowRequest.TryRead(context.Request.ContentType, out request, out var status)
                ? (status, "the body is to be multipart/related; type=\"application/dicom\" with a boundary, or application/dicom")
            : study.Length > 0 && !DicomUid.TryParse(study, out _) ? (StatusCodes.Status400BadRequest, "the study is not a UID")
            : null;
    }

    /// <summary>Reads and stores.</summary>
    /// <returns>What broke the request off, or <see langword="null"/>.</returns>
    private static async Task<(int Status, string Reason)?> RunAsync(HttpContext context, StowSession session, StowRequest request)
    {
        await using (session.ConfigureAwait(false))
        {
            try
            {
                await session.RunAsync(context.Request.BodyReader, request, context.RequestAborted).ConfigureAwait(false);
                return null;
            }
            catch (MultipartFormatException exception)
            {
                return (StatusCodes.Status400BadRequest, exception.Message);
            }
            catch (BadHttpRequestException exception)
            {
                return (exception.StatusCode, exception.Message);
            }
            catch (TimeoutException exception)
            {
                return (StatusCodes.Status408RequestTimeout, exception.Message);
            }
            catch (IOException exception)
            {
                return (StatusCodes.Status400BadRequest, exception.Message);
            }
            catch (OperationCanceledException)
            {
                return (StatusCodes.Status503ServiceUnavailable, "the connection is gone, or the service stops");
            }
        }
    }

    private static async Task AnswerAsync(HttpContext context, StowResult result)
    {
        if (result.Stored + result.Failed == 0)
        {
            await WriteTextAsync(context, result.HttpStatus, "the body holds no part").ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = result.HttpStatus;
        context.Response.ContentType = "application/dicom+json";
        var json = result.ToJson();
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context, StowReceiver stow, IPEndPoint remote, int status, string reason)
    {
        stow.Logger.RequestRefused(remote, status, reason);
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return WriteTextAsync(context, status, reason);
    }

    private static async Task WriteTextAsync(HttpContext context, int status, string text)
    {
        if (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(text + "\n", context.RequestAborted).ConfigureAwait(false);
        }
    }
}
