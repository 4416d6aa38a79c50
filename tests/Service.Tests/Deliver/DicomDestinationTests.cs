using System.Collections.Concurrent;
using System.Net;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class DicomDestinationTests : IDisposable
{
    private static readonly string Comprehensive3D = DicomUid.Comprehensive3DSRStorage.Value;
    private static readonly string Comprehensive = DicomUid.ComprehensiveSRStorage.Value;
    private static readonly string Enhanced = DicomUid.EnhancedSRStorage.Value;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-dicom-");

    public DicomDestinationTests()
    {
        foreach (var kind in Enum.GetValues<StructuredReportClass>())
        {
            var dataset = new DicomDataset();
            dataset.Set(DicomTag.SOPClassUID, StructuredReportWriter.SopClass(kind).Value);
            dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName(kind.ToString()).Value);
            dataset.Set(DicomTag.PatientName, "Test^Report");
            var path = Path.Combine(folder.FullName, ReportKinds.StructuredReportFile(kind));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).Write(path);
        }
    }

    [Fact]
    public async Task The_first_class_that_is_accepted_is_sent()
    {
        Assert.Equal([Comprehensive3D], await SentAsync([Comprehensive3D, Comprehensive, Enhanced]));
        Assert.Equal([Comprehensive], await SentAsync([Comprehensive, Enhanced]));
        Assert.Equal([Enhanced], await SentAsync([Enhanced]));
    }

    [Fact]
    public async Task A_destination_with_TLS_gets_its_report_and_one_that_is_not_trusted_is_tried_again()
    {
        var certificates = new TestCertificates(folder.FullName);
        var tls = new TlsServerOptions
        {
            Port = 0,
            CertificateFile = certificates.ServerFile,
            KeyFile = certificates.ServerKeyFile,
            TrustedCaFile = certificates.AuthorityFile,
        };
        await using var peer = new Peer([], new DicomServerOptions { AeTitle = new AeTitle("ARCHIVE"), Port = null, Tls = tls });
        await peer.StartAsync();
        var client = new DestinationTlsOptions
        {
            Enabled = true,
            TrustedCaFile = certificates.AuthorityFile,
            CertificateFile = certificates.ClientFile,
            KeyFile = certificates.ClientKeyFile,
        };

        var delivered = await DeliverAsync(client);
        client.ServerName = "pacs.example";
        var untrusted = await DeliverAsync(client);
        client.TrustedCaFile = Path.Combine(folder.FullName, "missing.pem");
        var unreadable = await DeliverAsync(client);

        Assert.IsType<DeliveryOutcome.Delivered>(delivered);
        Assert.Equal([Comprehensive3D], peer.Stored);
        Assert.Contains("no TLS: ", Assert.IsType<DeliveryOutcome.Retry>(untrusted).Error, StringComparison.Ordinal);
        Assert.Contains("missing.pem", Assert.IsType<DeliveryOutcome.Retry>(unreadable).Error, StringComparison.Ordinal);

        Task<DeliveryOutcome> DeliverAsync(DestinationTlsOptions options) => this.DeliverAsync(peer.Server.LocalEndPoint, tls: options.ToClientOptions());
    }

    [Fact]
    public async Task A_class_fixed_for_the_destination_is_the_only_one_sent() =>
        Assert.Equal([Comprehensive], await SentAsync([Comprehensive3D, Comprehensive, Enhanced], StructuredReportChoice.Comprehensive));

    [Fact]
    public async Task A_destination_that_takes_no_report_class_is_tried_again_once_it_may_be_mended()
    {
        await using var peer = await PeerAsync([DicomUid.MRImageStorage.Value]);

        var outcome = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.Server.LocalEndPoint));

        Assert.Equal("accepts none of the SR storage classes proposed", outcome.Error);
    }

    [Fact]
    public async Task Implicit_VR_is_used_where_nothing_else_is_accepted()
    {
        await using var peer = await PeerAsync([Comprehensive3D], syntaxes: [DicomUid.ImplicitVRLittleEndian.Value]);

        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(peer.Server.LocalEndPoint));
        Assert.Equal([Comprehensive3D], peer.Stored);
    }

    [Fact]
    public async Task A_class_refused_in_the_response_gives_way_to_the_next()
    {
        await using var peer = await PeerAsync([Comprehensive3D, Comprehensive, Enhanced], answers: [new(DimseStatus.SopClassNotSupported), new(DimseStatus.Success)]);

        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(peer.Server.LocalEndPoint));
        Assert.Equal([Comprehensive3D, Comprehensive], peer.Stored);
    }

    [Theory]
    [InlineData(0x0000, typeof(DeliveryOutcome.Delivered))]
    [InlineData(0x0111, typeof(DeliveryOutcome.Delivered))]
    [InlineData(0xB000, typeof(DeliveryOutcome.Delivered))]
    [InlineData(0xA700, typeof(DeliveryOutcome.Retry))]
    [InlineData(0x0110, typeof(DeliveryOutcome.Retry))]
    [InlineData(0x0124, typeof(DeliveryOutcome.Retry))]
    [InlineData(0xA900, typeof(DeliveryOutcome.Failed))]
    [InlineData(0xC001, typeof(DeliveryOutcome.Failed))]
    public async Task A_status_says_whether_to_send_again(int status, Type expected)
    {
        await using var peer = await PeerAsync([Enhanced], answers: [new(new DimseStatus((ushort)status), "as told")]);

        Assert.IsType(expected, await DeliverAsync(peer.Server.LocalEndPoint));
    }

    [Fact]
    public async Task A_rejection_and_a_closed_port_are_tried_again()
    {
        var peer = await PeerAsync([Enhanced], aeTitle: "OTHER");
        var rejected = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.Server.LocalEndPoint));
        await peer.DisposeAsync();
        var closed = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.EndPoint));

        Assert.Contains("rejected", rejected.Error, StringComparison.Ordinal);
        Assert.StartsWith("not reached", closed.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<Peer> PeerAsync(
        IReadOnlyList<string> classes, IReadOnlyList<string>? syntaxes = null, StoreResponse[]? answers = null, string aeTitle = "ARCHIVE")
    {
        var peer = new Peer(answers ?? [], new DicomServerOptions
        {
            AeTitle = new AeTitle(aeTitle),
            Port = 0,
            AcceptedSopClasses = classes,
            AcceptedTransferSyntaxes = syntaxes ?? [DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value],
        });
        await peer.StartAsync();
        return peer;
    }

    private async Task<IEnumerable<string>> SentAsync(IReadOnlyList<string> classes, StructuredReportChoice choice = StructuredReportChoice.Auto)
    {
        await using var peer = await PeerAsync(classes);
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(peer.Server.LocalEndPoint, choice));
        return peer.Stored;
    }

    private Task<DeliveryOutcome> DeliverAsync(
        IPEndPoint peer, StructuredReportChoice choice = StructuredReportChoice.Auto, TlsClientOptions? tls = null) =>
        new DicomDestination(new DicomAddress(new AeTitle("ARCHIVE"), "127.0.0.1", peer.Port), choice, new AeTitle("BTD"), TimeSpan.FromSeconds(10), tls: tls)
            .DeliverAsync(ReportKinds.StructuredReport, folder.FullName, TestContext.Current.CancellationToken);

    /// <summary>An archive that answers as told, then with success.</summary>
    private sealed class Peer : IAssociationHandler, IAsyncDisposable
    {
        private readonly ConcurrentQueue<StoreResponse> answers;

        public Peer(StoreResponse[] answers, DicomServerOptions options)
        {
            this.answers = new ConcurrentQueue<StoreResponse>(answers);
            Server = new DicomServer(options, _ => this, NullLoggerFactory.Instance);
        }

        public DicomServer Server { get; }

        public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

        /// <summary>SOP classes in order of arrival.</summary>
        public ConcurrentQueue<string> Stored { get; } = new();

        public async Task StartAsync()
        {
            await Server.StartAsync(CancellationToken.None);
            EndPoint = Server.LocalEndPoint;
        }

        public ValueTask<StoreResponse> StoreAsync(StoreRequest request, CancellationToken cancellationToken)
        {
            Stored.Enqueue(request.SopClassUid);
            return ValueTask.FromResult(answers.TryDequeue(out var answer) ? answer : new StoreResponse(DimseStatus.Success));
        }

        public ValueTask EndedAsync(AssociationEnd end) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
