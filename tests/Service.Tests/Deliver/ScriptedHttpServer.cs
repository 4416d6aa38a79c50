using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>A real HTTP server on loopback that plays answers and keeps what it was sent.</summary>
internal sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private ScriptedHttpServer(WebApplication application) => this.application = application;

    /// <summary>Bodies in order of arrival.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = new();

    /// <summary>Played once each; then 200.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public Uri Address => new(application.Urls.First() + "/fhir");

    /// <summary>The base address of a DICOMweb service.</summary>
    public string DicomWeb => application.Urls.First() + "/dicom-web";

    /// <summary>Content-Type and Authorization of each request, in order of arrival.</summary>
    public ConcurrentQueue<(string ContentType, string Authorization)> Headers { get; } = new();

    public static async Task<ScriptedHttpServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var server = new ScriptedHttpServer(application);
        foreach (var answer in answers)
        {
            server.Answers.Enqueue(answer);
        }

        application.MapPost("/fhir", server.HandleAsync);
        application.MapPost("/dicom-web/studies", server.HandleAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>An answer of a status, an OperationOutcome and headers.</summary>
    public static Func<HttpContext, Task> Answer(int status, string diagnostics = "", params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return diagnostics.Length == 0
            ? Task.CompletedTask
            : context.Response.WriteAsync($$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"{{diagnostics}}"}]}""");
    };

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Headers.Enqueue((context.Request.ContentType ?? "", context.Request.Headers.Authorization.ToString()));
        Bodies.Enqueue(body.ToArray());
        if (Answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
    }
}
