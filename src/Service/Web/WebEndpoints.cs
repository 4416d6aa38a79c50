using System.Globalization;
using BrainTumorDicom.Service.Web.Deliveries;
using BrainTumorDicom.Service.Web.Verdicts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BrainTumorDicom.Service.Web;

/// <summary>What the HTTP port answers: <c>/health</c>, <c>/api/studies</c> (<c>?limit=</c>, <c>?skip=</c>), <c>/api/studies/{uid}</c>, verdicts, deliveries; JSON all.</summary>
internal static class WebEndpoints
{
    private const int MostStudies = 1000;

    /// <summary>Maps them.</summary>
    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", (RequestDelegate)HealthAsync);
        routes.MapGet("/api/studies", (RequestDelegate)StudiesAsync);
        routes.MapGet("/api/studies/{uid}", (RequestDelegate)StudyAsync);
        routes.MapVerdicts();
        routes.MapDeliveries();
    }

    private static async Task HealthAsync(HttpContext context)
    {
        var report = await context.RequestServices.GetRequiredService<HealthReader>().ReadAsync().ConfigureAwait(false);
        context.Response.StatusCode = report.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(report, WebJson.Default.HealthReport, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task StudiesAsync(HttpContext context)
    {
        var limit = Math.Clamp(Number(context, "limit", 100), 0, MostStudies);
        var skip = Math.Max(0, Number(context, "skip", 0));
        var studies = await context.RequestServices.GetRequiredService<StudyList>().ListAsync(limit, skip, context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, studies).ConfigureAwait(false);
    }

    private static async Task StudyAsync(HttpContext context)
    {
        var uid = (string)context.Request.RouteValues["uid"]!;
        var studies = await context.RequestServices.GetRequiredService<StudyList>().FindAsync(uid, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = studies.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        await WriteAsync(context, studies).ConfigureAwait(false);
    }

    private static Task WriteAsync(HttpContext context, IReadOnlyList<StudyEntry> studies) =>
        context.Response.WriteAsJsonAsync(studies, WebJson.Default.IReadOnlyListStudyEntry, cancellationToken: context.RequestAborted);

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
