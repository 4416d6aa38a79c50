using System.Globalization;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Web.Deliveries;

/// <summary>
/// <c>GET /api/deliveries</c> (<c>?state=</c> failed, pending or delivered, <c>?destination=</c>, <c>?limit=</c>) and
/// <c>POST /api/deliveries/{id}/release</c>, which has what was given up tried anew.
/// </summary>
internal static class DeliveryEndpoints
{
    private const int MostDeliveries = 1000;

    /// <summary>Maps them.</summary>
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/deliveries", (RequestDelegate)ListAsync);
        routes.MapPost("/api/deliveries/{id:long}/release", (RequestDelegate)ReleaseAsync);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        DeliveryState? state = null;
        if (query["state"].ToString() is { Length: > 0 } name)
        {
            if (!Enum.TryParse<DeliveryState>(name, ignoreCase: true, out var known) || char.IsAsciiDigit(name[0]))
            {
                await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, "state is to be failed, pending or delivered").ConfigureAwait(false);
                return;
            }

            state = known;
        }

        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, MostDeliveries) : 100;
        var destination = query["destination"].ToString();
        var rows = await Ledger(context).ListAsync(state, destination.Length > 0 ? destination : null, limit).ConfigureAwait(false);
        await WriteAsync(context, rows).ConfigureAwait(false);
    }

    private static async Task ReleaseAsync(HttpContext context)
    {
        var token = context.RequestServices.GetRequiredService<IOptions<HttpOptions>>().Value.DeliveryToken;
        if (Refusal.Find(context, token, "Http:DeliveryToken") is var (status, reason))
        {
            await Refusal.WriteAsync(context, status, reason).ConfigureAwait(false);
            return;
        }

        // A form or plain text is what a page of another site could send without asking.
        if (!context.Request.HasJsonContentType())
        {
            await Refusal.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "the request is to be application/json; its body may be {}").ConfigureAwait(false);
            return;
        }

        var id = long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var released = await Ledger(context).ReleaseAsync(id, null, now, CancellationToken.None).ConfigureAwait(false);
        if (released.Count == 0)
        {
            var (code, why) = await context.RequestServices.GetRequiredService<DeliveryLedger>().FindAsync(id).ConfigureAwait(false) is null
                ? (StatusCodes.Status404NotFound, "no such delivery")
                : (StatusCodes.Status409Conflict, "it was not given up, or the destination has a newer revision");
            await Refusal.WriteAsync(context, code, why).ConfigureAwait(false);
            return;
        }

        await context.RequestServices.GetRequiredService<ReleaseWatcher>().LookAsync().ConfigureAwait(false);
        await WriteAsync(context, released).ConfigureAwait(false);
    }

    private static DeadLetterLedger Ledger(HttpContext context) => context.RequestServices.GetRequiredService<DeadLetterLedger>();

    private static Task WriteAsync(HttpContext context, IReadOnlyList<DeliveryRow> rows) => context.Response.WriteAsJsonAsync(
        [.. rows.Select(DeliveryListEntry.Of)], WebJson.Default.IReadOnlyListDeliveryListEntry, cancellationToken: context.RequestAborted);
}
