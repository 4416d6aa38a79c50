using System.Collections.Concurrent;
using System.Globalization;
using BrainTumorDicom.Dicom.Dimse;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>A server on a free loopback port, with what it logged.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ILoggerFactory loggers;

    private TestServer(DicomServerOptions options, CollectingHandler handler)
    {
        Handler = handler;
        loggers = LoggerFactory.Create(builder => builder.AddProvider(new Lines(Log)));
        Server = new DicomServer(options.Port is null ? options : options with { Port = 0 }, handler.Begin, loggers);
    }

    internal DicomServer Server { get; }

    internal CollectingHandler Handler { get; }

    internal ConcurrentQueue<string> Log { get; } = new();

    internal int Port => Server.LocalEndPoint.Port;

    internal string PortText => Port.ToString(CultureInfo.InvariantCulture);

    internal static async Task<TestServer> StartAsync(DicomServerOptions? options = null, CollectingHandler? handler = null)
    {
        var server = new TestServer(options ?? new DicomServerOptions(), handler ?? new CollectingHandler());
        await server.Server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Waits until <paramref name="condition"/> holds; fails after ten seconds.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        loggers.Dispose();
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
