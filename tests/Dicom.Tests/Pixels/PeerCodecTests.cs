using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

/// <summary>What other programs compressed, and how they read it.</summary>
public sealed class PeerCodecTests : IDisposable
{
    /// <summary>Public files with codes that neither DCMTK nor GDCM takes.</summary>
    private static readonly string[] ReadByUsOnly = ["JPEG2000-embedded-sequence-delimiter.dcm", "genFile.dcm"];

    private readonly string folder = Directory.CreateTempSubdirectory("btd-codecs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("dcmcjpeg,dcmcjpls,dcmcrle,gdcmconv")]
    public async Task What_peers_compress_without_loss_comes_back_whole()
    {
        foreach (var (allocated, bits, isSigned) in ((int, int, bool)[])[(8, 8, false), (16, 10, false), (16, 12, false), (16, 12, true), (16, 16, false), (16, 16, true)])
        {
            var (source, values) = await WriteAsync(allocated, bits, isSigned);
            List<string[]> commands =
            [
                ["dcmcjpeg", "+e1"], ["dcmcjpls", "+el"], ["dcmcrle"], ["gdcmconv", "--jpegls"], ["gdcmconv", "--j2k"], ["gdcmconv", "--rle"], ["gdcmconv", "--jpeg"],
            ];
            commands.AddRange(Enumerable.Range(1, 7).Select(predictor => (string[])["dcmcjpeg", "+el", "+sv", $"{predictor}"]));
            foreach (var command in commands)
            {
                var target = await ConvertAsync(command, source);

                Assert.True(DicomFile.Read(target).TransferSyntax.IsEncapsulated, string.Join(' ', command));
                Assert.True(values.AsSpan().SequenceEqual(TestImage.Read(PixelFrames.Open(DicomFile.Read(target)))), $"{string.Join(' ', command)}, {bits} bits of {allocated}, signed {isSigned}");
            }
        }
    }

    [PeerFact("dcmcjpeg,dcmdjpeg,dcmcjpls,dcmdjpls")]
    public async Task What_peers_compress_with_loss_is_read_as_they_read_it()
    {
        foreach (var (allocated, bits) in ((int, int)[])[(8, 8), (16, 10), (16, 12)])
        {
            var (source, _) = await WriteAsync(allocated, bits, isSigned: false);
            foreach (var quality in (int[])[30, 75, 95])
            {
                var jpeg = await ConvertAsync(["dcmcjpeg", bits == 8 ? "+eb" : "+ee", "+q", $"{quality}"], source);
                await AssertSameAsync(jpeg, ["dcmdjpeg"]);
            }

            var jpegLs = await ConvertAsync(["dcmcjpls", "+en", "+md", "3"], source);
            await AssertSameAsync(jpegLs, ["dcmdjpls"]);
        }
    }

    [SharedDataFact("dicom", "dcmdjpeg,dcmdjpls,dcmdrle,gdcmconv")]
    public async Task Public_files_are_read_as_peers_read_them()
    {
        var compared = 0;
        var unread = new List<string>();
        foreach (var path in Directory.EnumerateFiles(SharedData.Find("dicom")!, "*", SearchOption.AllDirectories).Where(IsCompressedAndRead))
        {
            var uid = DicomFile.Read(path).TransferSyntax.Uid.Value;
            string[] command = uid switch
            {
                "1.2.840.10008.1.2.5" => ["dcmdrle"],
                "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => ["dcmdjpls"],
                "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" => ["gdcmconv", "--raw"],
                _ => ["dcmdjpeg"],
            };
            if (await TryReadAsync(path, [command, ["gdcmconv", "--raw"]]) is not { } theirs)
            {
                unread.Add(Path.GetFileName(path));
                continue;
            }

            // The 9-7 filter of JPEG 2000 is of real numbers: its result may round to either side. All else is exact.
            AssertSame(path, theirs, tolerance: uid == DicomUid.JPEG2000.Value ? 1 : 0);
            compared++;
        }

        Assert.Equal(ReadByUsOnly, unread.Order(StringComparer.Ordinal));
        Assert.True(compared >= 45, $"{compared} compared");
    }

    [SharedDataFact("dicom/codecs-wg04-mr")]
    public void The_files_of_working_group_4_are_those_that_were_compressed()
    {
        for (var i = 1; i <= 4; i++)
        {
            var reference = ReadShared($"MR{i}_REF_UNC");
            Assert.All((string[])["RLE", "JPLL", "JLSL", "J2KR"], kind => Assert.True(reference.AsSpan().SequenceEqual(ReadShared($"MR{i}_{kind}")), $"MR{i}_{kind}"));
        }
    }

    private static int[] ReadShared(string name) =>
        TestImage.Read(PixelFrames.Open(DicomFile.Read(Path.Combine(SharedData.Find("dicom")!, "codecs-wg04-mr", name + ".dcm"))));

    private static bool IsCompressedAndRead(string path)
    {
        try
        {
            var file = DicomFile.Read(path);
            return file.TransferSyntax.IsEncapsulated && PixelFrames.Open(file).FrameCount > 0;
        }
        catch (DicomException)
        {
            return false;
        }
    }

    private async Task<(string Path, int[] Values)> WriteAsync(int allocated, int bits, bool isSigned)
    {
        var values = TestImage.Values(60, 70, bits, isSigned);
        var dataset = TestImage.Attributes(60, 70, allocated, bits, isSigned);
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, "1.2.3.4");
        dataset.Set(DicomTag.StudyInstanceUID, "1.2.3");
        dataset.Set(DicomTag.SeriesInstanceUID, "1.2.3.5");
        dataset.SetBytes(
            DicomTag.PixelData,
            allocated == 8 ? DicomVr.OB : DicomVr.OW,
            values.SelectMany(value => allocated == 8 ? (byte[])[(byte)value] : [(byte)value, (byte)((value & ((1 << bits) - 1)) >> 8)]).ToArray());
        var path = Path.Combine(folder, $"source-{bits}-{isSigned}.dcm");
        await File.WriteAllBytesAsync(path, new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian).ToArray(), TestContext.Current.CancellationToken);
        return (path, values);
    }

    private async Task<string> ConvertAsync(string[] command, string source)
    {
        var (target, problem) = await TryConvertAsync(command, source);
        Assert.True(target is not null, problem);
        return target;
    }

    private async Task<(string? Target, string Problem)> TryConvertAsync(string[] command, string source)
    {
        var target = Path.Combine(folder, "converted.dcm");
        File.Delete(target);
        var (code, output, error) = await PeerTools.RunAsync(command[0], [.. command[1..], source, target], TestContext.Current.CancellationToken);
        return (code == 0 && File.Exists(target) ? target : null, $"{string.Join(' ', command)} {source}: {output} {error}");
    }

    private async Task AssertSameAsync(string path, string[] command)
    {
        var copy = Path.Combine(folder, "compressed.dcm");
        File.Move(path, copy, overwrite: true);
        AssertSame(copy, PixelFrames.Open(DicomFile.Read(await ConvertAsync(command, copy))), tolerance: 0);
    }

    /// <summary>The image as the first peer that takes it reads it.</summary>
    private async Task<PixelFrames?> TryReadAsync(string path, string[][] commands)
    {
        // Written anew: some of the public files lack a delimiter that DCMTK asks for.
        var copy = Path.Combine(folder, "compressed.dcm");
        await File.WriteAllBytesAsync(copy, DicomFile.Read(path).ToArray(), TestContext.Current.CancellationToken);
        foreach (var command in commands)
        {
            if ((await TryConvertAsync(command, copy)).Target is { } target)
            {
                return PixelFrames.Open(DicomFile.Read(target));
            }
        }

        return null;
    }

    private static void AssertSame(string path, PixelFrames theirs, int tolerance)
    {
        var ours = PixelFrames.Open(DicomFile.Read(path));
        Assert.Equal(ours.FrameCount, theirs.FrameCount);
        for (var frame = 0; frame < ours.FrameCount; frame++)
        {
            var difference = TestImage.Read(ours, frame).Zip(TestImage.Read(theirs, frame), (one, other) => Math.Abs(one - other)).Max();
            Assert.True(difference <= tolerance, $"{path}, frame {frame + 1}: differs by {difference}");
        }
    }
}
