using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Verdicts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Web.Verdicts;

/// <summary>
/// Readers' verdicts: <c>POST</c> and <c>GET /api/studies/{uid}/verdicts</c>, and what follows from them, <c>GET /api/accuracy</c>.
/// The same verdict sent again changes nothing.
/// </summary>
internal static class VerdictEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapVerdicts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/studies/{uid}/verdicts", (RequestDelegate)GiveAsync);
        routes.MapGet("/api/studies/{uid}/verdicts", (RequestDelegate)ListAsync);
        routes.MapGet("/api/accuracy", (RequestDelegate)AccuracyAsync);
    }

    private static async Task GiveAsync(HttpContext context)
    {
        if (FindRefusal(context) is var (status, reason))
        {
            await Refusal.WriteAsync(context, status, reason).ConfigureAwait(false);
            return;
        }

        // A form or plain text is what a page of another site could send without asking.
        if (!context.Request.HasJsonContentType())
        {
            await Refusal.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "the body is to be application/json").ConfigureAwait(false);
            return;
        }

        var body = await ReadAsync(context).ConfigureAwait(false);
        var problem = $"the body is to be at most {VerdictRequest.MostBytes} bytes";
        if ((body is null ? null : VerdictRequest.Read(body, out problem)) is not { } request)
        {
            await Refusal.WriteAsync(context, body is null ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, problem).ConfigureAwait(false);
            return;
        }

        var verdict = new VerdictRow
        {
            StudyInstanceUid = (string)context.Request.RouteValues["uid"]!,
            Reader = request.Reader,
            Class = request.Class,
            Comment = request.Comment!,
            Given = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        if (await Ledger(context).AddAsync(verdict, context.RequestAborted).ConfigureAwait(false) is not var (taken, isNew))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status404NotFound, "no instance of this study was received").ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await WriteAsync(context, [new VerdictEntry(taken.Class, taken.Reader, taken.Comment, taken.Given, Counts: true)]).ConfigureAwait(false);
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (FindRefusal(context) is var (status, reason))
        {
            await Refusal.WriteAsync(context, status, reason).ConfigureAwait(false);
            return;
        }

        var study = (string)context.Request.RouteValues["uid"]!;
        if (await context.RequestServices.GetRequiredService<StudyLedger>().FindAsync(study).ConfigureAwait(false) is null)
        {
            await Refusal.WriteAsync(context, StatusCodes.Status404NotFound, "no instance of this study was received").ConfigureAwait(false);
            return;
        }

        var verdicts = await Ledger(context).ListAsync(study).ConfigureAwait(false);
        var latest = verdicts.GroupBy(verdict => verdict.Reader, StringComparer.Ordinal).Select(reader => reader.Last().Id).ToHashSet();
        await WriteAsync(
            context,
            [.. verdicts.Reverse().Select(verdict => new VerdictEntry(verdict.Class, verdict.Reader, verdict.Comment, verdict.Given, latest.Contains(verdict.Id)))])
            .ConfigureAwait(false);
    }

    private static async Task AccuracyAsync(HttpContext context)
    {
        var accuracy = await LiveAccuracy.ReadAsync(Ledger(context)).ConfigureAwait(false);
        await context.Response.WriteAsJsonAsync(accuracy, WebJson.Default.LiveAccuracy, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    private static (int Status, string Reason)? FindRefusal(HttpContext context) =>
        Refusal.Find(context, context.RequestServices.GetRequiredService<IOptions<HttpOptions>>().Value.VerdictToken, "Http:VerdictToken");

    /// <returns>The body, or <see langword="null"/> where it is too long.</returns>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        var buffer = new byte[VerdictRequest.MostBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
        return length > VerdictRequest.MostBytes ? null : buffer[..length];
    }

    private static VerdictLedger Ledger(HttpContext context) => context.RequestServices.GetRequiredService<VerdictLedger>();

    private static Task WriteAsync(HttpContext context, IReadOnlyList<VerdictEntry> verdicts) =>
        context.Response.WriteAsJsonAsync(verdicts, WebJson.Default.IReadOnlyListVerdictEntry, cancellationToken: context.RequestAborted);
}
