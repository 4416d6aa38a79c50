using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Tests.Receive;
using BrainTumorDicom.Service.Web.Stow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Tests.Web.Stow;

/// <summary>STOW-RS on a free loopback port over a receiver on a folder of its own.</summary>
internal sealed class StowFixture : IAsyncDisposable
{
    public const string Boundary = "b0und";
    private readonly WebApplication application;

    private StowFixture(ReceiveFixture service, WebApplication application, StowReceiver stow)
    {
        Service = service;
        this.application = application;
        Stow = stow;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public ReceiveFixture Service { get; }

    public StowReceiver Stow { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<StowFixture> StartAsync(HttpOptions? options = null, FreeSpace? space = null)
    {
        var service = await ReceiveFixture.StartAsync(space: space);
        var stow = new StowReceiver(Options.Create(options ?? new HttpOptions()), Options.Create(new DicomOptions()), service.Time, NullLogger<StowReceiver>.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore().AddSingleton(stow);
        var application = builder.Build();
        application.MapStow("/dicom-web");
        await application.StartAsync(Cancel);
        stow.Open(service.Receiver.Accept, service.Receiver.Space);
        return new StowFixture(service, application, stow);
    }

    /// <summary>An instance as a Part 10 file.</summary>
    public static byte[] File(TestInstance instance, string sopClass = TestInstance.MrImageStorage, string syntax = TestInstance.ExplicitLittle)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        DicomFileMeta.Write(output, sopClass, instance.Sop, syntax, sourceAeTitle: null);
        return [.. output.WrittenSpan, .. instance.Data];
    }

    public static byte[] Body(params byte[][] files)
    {
        using var body = new MemoryStream();
        foreach (var file in files)
        {
            body.Write("--b0und\r\nContent-Type: application/dicom\r\n\r\n"u8);
            body.Write(file);
            body.Write("\r\n"u8);
        }

        body.Write("--b0und--\r\n"u8);
        return body.ToArray();
    }

    public Task<HttpResponseMessage> PostAsync(params byte[][] files) => PostAsync("studies", Body(files));

    public async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string type = "multipart/related; type=\"application/dicom\"; boundary=b0und", string? accept = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dicom-web/" + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Client.SendAsync(request, Cancel);
    }

    /// <summary>The HTTP status with how many are in each sequence and the failure reasons: <c>202 1 stored 49152</c>.</summary>
    public static async Task<string> SummaryAsync(HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.Content.Headers.ContentType?.MediaType != "application/dicom+json")
        {
            return status;
        }

        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancel));
        var stored = Items(json.RootElement, "00081199").Count;
        var reasons = Items(json.RootElement, "00081198").Concat(Items(json.RootElement, "0008119A")).Select(item => item.GetProperty("00081197").GetProperty("Value")[0].GetInt32());
        return string.Join(' ', [status, stored.ToString(CultureInfo.InvariantCulture), "stored", .. reasons.Select(reason => reason.ToString(CultureInfo.InvariantCulture))]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Stow.CloseAsync(Cancel);
        await application.DisposeAsync();
        Stow.Dispose();
        await Service.DisposeAsync();
    }

    private static List<JsonElement> Items(JsonElement response, string tag) =>
        response.TryGetProperty(tag, out var sequence) ? [.. sequence.GetProperty("Value").EnumerateArray()] : [];
}
