using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>One head in every compression that peers make: classified from files, and sent to the service by DCMTK.</summary>
public sealed class CompressedSeriesTests : IDisposable
{
    private static readonly Compression[] Compressions =
    [
        new("jpeg-baseline", ["dcmcjpeg", "+eb"], "-xy", IsLossless: false),
        new("jpeg-extended", ["dcmcjpeg", "+ee"], "-xx", IsLossless: false),
        new("jpeg-lossless", ["dcmcjpeg", "+el", "+sv", "6"], "", IsLossless: true),
        new("jpeg-lossless-sv1", ["dcmcjpeg", "+e1"], "-xs", IsLossless: true),
        new("jpeg-ls", ["dcmcjpls", "+el"], "-xt", IsLossless: true),
        new("jpeg-ls-near", ["dcmcjpls", "+en"], "-xu", IsLossless: false),
        new("rle", ["dcmcrle"], "-xr", IsLossless: true),
        new("deflated", ["dcmconv", "+td"], "-xd", IsLossless: true),
        new("jpeg-2000", ["gdcmconv", "--j2k"], "-xv", IsLossless: true),
        new("jpeg-2000-lossy", ["gdcmconv", "--j2k", "--lossy", "-q", "55"], "-xw", IsLossless: false),
    ];

    private readonly ServeFixture fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("dcmcjpeg,dcmcjpls,dcmcrle,dcmconv,gdcmconv,storescu,dcmsend")]
    public async Task A_compressed_series_is_answered_as_the_series_is()
    {
        var phantom = Phantom.Write(fixture.In("plain"), PhantomClass.Glioma, seed: 1, slices: 12);
        var expected = await ClassifyAsync("plain");
        await using var service = await fixture.StartAsync();

        foreach (var compression in Compressions)
        {
            var files = await CompressAsync(phantom, compression);
            AssertSame(expected, await ClassifyAsync(compression.Name), compression);

            await SendAsync(service, compression, files);
            var report = await fixture.ReportAsync(service, DicomUid.FromName(compression.Name).Value);
            AssertSame(expected, report, compression);
            Assert.Equal(phantom.Files.Count, ServeFixture.SliceCount(report));
        }
    }

    public void Dispose() => fixture.Dispose();

    /// <summary>Without loss there is nothing to differ by; what a codec loses moves a probability a little.</summary>
    private static void AssertSame(JsonElement expected, JsonElement actual, Compression compression)
    {
        foreach (var name in (string[])["disposition", "class"])
        {
            Assert.True(expected.GetProperty(name).GetString() == actual.GetProperty(name).GetString(), $"{compression.Name}: {actual}");
        }

        foreach (var probability in expected.GetProperty("probabilities").EnumerateObject())
        {
            var difference = Math.Abs(probability.Value.GetDouble() - actual.GetProperty("probabilities").GetProperty(probability.Name).GetDouble());
            Assert.True(difference <= (compression.IsLossless ? 1e-5 : 0.1), $"{compression.Name}, {probability.Name}: differs by {difference}");
        }
    }

    /// <summary>Sends in the files' own syntax only; storescu cannot propose JPEG Lossless without SV1.</summary>
    private static async Task SendAsync(ServiceProcess service, Compression compression, IReadOnlyList<string> files)
    {
        string[] peer = ["-aec", "BRAINTUMORDICOM", "127.0.0.1", service.DicomPort.ToString(CultureInfo.InvariantCulture), .. files];
        var (exit, output, error) = compression.Proposal.Length > 0
            ? await PeerTools.RunAsync("storescu", ["-R", compression.Proposal, .. peer], Cancel)
            : await PeerTools.RunAsync("dcmsend", ["-dn", .. peer], Cancel);
        Assert.True(exit == 0, $"{compression.Name}: {output}{error}\n{service.Log()}");
    }

    private async Task<JsonElement> ClassifyAsync(string name)
    {
        var (exit, output, error) = await CliProcess.RunAsync(["classify", fixture.In(name), "--json", "--model", TestModel.Folder, "--device", "cpu"]);
        Assert.True(exit == 0, $"{name}: {output}{error}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Compresses the series as a study of its own, or its instances would be ones that the service has.</summary>
    private async Task<IReadOnlyList<string>> CompressAsync(Phantom phantom, Compression compression)
    {
        var folder = Directory.CreateDirectory(fixture.In(compression.Name)).FullName;
        var files = new List<string>();
        foreach (var source in phantom.Files)
        {
            var renamed = fixture.In("renamed.dcm");
            var dataset = DicomFile.Read(source).Dataset;
            dataset.Set(DicomTag.StudyInstanceUID, DicomUid.FromName(compression.Name).Value);
            dataset.Set(DicomTag.SeriesInstanceUID, DicomUid.FromName(compression.Name + "/series").Value);
            dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName($"{compression.Name}/{Path.GetFileName(source)}").Value);
            await File.WriteAllBytesAsync(renamed, new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).ToArray(), Cancel);
            files.Add(Path.Combine(folder, Path.GetFileName(source)));
            var (exit, output, error) = await PeerTools.RunAsync(compression.Command[0], [.. compression.Command[1..], renamed, files[^1]], Cancel);
            Assert.True(exit == 0, $"{compression.Name}: {output}{error}");
        }

        return files;
    }

    private sealed record Compression(string Name, string[] Command, string Proposal, bool IsLossless);
}
