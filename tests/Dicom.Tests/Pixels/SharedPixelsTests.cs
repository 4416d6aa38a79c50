using System.Buffers.Binary;
using System.Security.Cryptography;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

public class SharedPixelsTests
{
    // One process for all: prints path, TAB, SHA-256 of the stored values as little endian int32.
    private const string Script = """
        import sys, hashlib, warnings
        import numpy, pydicom
        warnings.simplefilter('ignore')
        for path in sys.stdin.read().split('\n'):
            if not path: continue
            try:
                d = pydicom.dcmread(path, force=True)
                a = d.pixel_array
            except Exception as e:
                print(path + '\t-', flush=True)
                continue
            a = a.astype(numpy.int64)
            stored, allocated, high = int(d.BitsStored), int(d.BitsAllocated), int(d.HighBit)
            a = (a >> (high + 1 - stored)) & ((1 << stored) - 1)
            if d.PixelRepresentation == 1:
                a = numpy.where(a >= (1 << (stored - 1)), a - (1 << stored), a)
            print(path + '\t' + hashlib.sha256(a.astype('<i4').tobytes()).hexdigest(), flush=True)
        """;

    [SharedDataFact("dicom", "/usr/bin/python3")]
    public async Task Stored_values_are_those_of_pydicom()
    {
        var opened = new Dictionary<string, string>();

        // Of the long series, whose files are alike, a few.
        var files = Directory.EnumerateFiles(SharedData.Find("dicom")!, "*", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetDirectoryName(path)!)
            .SelectMany(group => group.Key.Contains("series-", StringComparison.Ordinal) ? group.Take(5) : group);
        foreach (var path in files)
        {
            try
            {
                opened[path] = Digest(PixelFrames.Open(DicomFile.Read(path)));
            }
            catch (DicomException)
            {
                // Not an image that is read here; the count below sees to it that enough are.
            }
        }

        var theirs = await PydicomAsync(opened.Keys);

        var compared = opened.Where(pair => theirs[pair.Key] != "-").ToArray();
        Assert.True(compared.Length > 90, $"{compared.Length} of {opened.Count} compared");
        Assert.All(compared, pair => Assert.True(theirs[pair.Key] == pair.Value, pair.Key));
    }

    private static string Digest(PixelFrames frames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var stored = new int[frames.Rows * frames.Columns];
        var bytes = new byte[stored.Length * 4];
        for (var frame = 0; frame < frames.FrameCount; frame++)
        {
            frames.ReadStored(frame, stored);
            for (var i = 0; i < stored.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), stored[i]);
            }

            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<Dictionary<string, string>> PydicomAsync(IEnumerable<string> paths)
    {
        using var python = PeerTools.Start("/usr/bin/python3", ["-c", Script]);
        var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.StandardInput.WriteAsync(string.Join('\n', paths));
        python.StandardInput.Close();
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, await error);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[1]);
    }
}
