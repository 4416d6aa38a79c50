using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Web.Stow;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>
/// A STOW-RS request (PS3.18 §10.5): a line with its Content-Type, then the body. Parts, their headers and the Part 10 objects in them are
/// the same however the network cuts the body, nothing of a content is lost, and all memory comes back.
/// </summary>
internal static class StowTarget
{
    private const long MostDataSet = 1 << 20;
    private const long MostMemory = 4 << 20;

    internal static FuzzTarget Create() => new("stow", Seeds, Run)
    {
        Allowed = [typeof(MultipartFormatException)],
        Grammar = [new LineMutator()],
    };

    private static IEnumerable<byte[]> Seeds()
    {
        var file = new DicomFile(SampleData.Image(), DicomTransferSyntax.ExplicitVrLittleEndian).ToArray();
        var text = new DicomFile(SampleData.Text(), DicomTransferSyntax.ImplicitVrLittleEndian).ToArray();
        byte[] Part(string headers, byte[] content) => [.. Encoding.Latin1.GetBytes($"\r\n--b\r\n{headers}\r\n\r\n"), .. content];
        return
        [
            [.. "application/dicom\n"u8, .. file],
            [
                .. "multipart/related; type=\"application/dicom\"; boundary=b\n"u8, .. Part("Content-Type: application/dicom", file),
                .. Part("content-type: application/dicom;\r\n transfer-syntax=1.2\r\nContent-Transfer-Encoding: binary", text), .. "\r\n--b--\r\n"u8,
            ],
            [.. "multipart/related;boundary=\"b\"\npreamble"u8, .. Part("A: b", [1, 2, .. "\r\n--bX\r\n-"u8]), .. Part("A: b", []), .. "\r\n--b-- \r\nepilogue"u8],
        ];
    }

    private static int Run(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var type = Encoding.Latin1.GetString(input, 0, Math.Max(0, end));
        _ = StowRequest.AcceptsJson(type);
        _ = StowRequest.IsDicom(type);
        if (!StowRequest.TryRead(type, out var request, out var status))
        {
            return status;
        }

        var body = input.AsMemory(end + 1);
        var budget = new MemoryBudget(MostMemory);
        var whole = Read(PipeReader.Create(new ReadOnlySequence<byte>(body)), request, budget, body.Length);
        using var stream = new MemoryStream(body.ToArray());
        var pieces = Read(
            PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 + (input.Length % 61), minimumReadSize: 1)), request, budget, body.Length);
        PropertyBrokenException.Require(whole == pieces, $"a body in pieces is read as the whole: {whole} and {pieces}");
        PropertyBrokenException.Require(budget.TryTake(MostMemory), "all memory comes back");
        return string.GetHashCode(string.Concat(whole.Split('|').Select(one => one.Split(' ')[0])), StringComparison.Ordinal);
    }

    /// <summary>What is in a body, or why it cannot be read, as text.</summary>
    private static string Read(PipeReader input, StowRequest request, MemoryBudget budget, int length)
    {
        using var dataSet = new DataSetBuffer(budget, MostDataSet);
        try
        {
            return ReadAsync(input, request, dataSet, length).AsTask().GetAwaiter().GetResult();
        }
        catch (MultipartFormatException error)
        {
            return error.Message;
        }
        finally
        {
            input.Complete();
        }
    }

    private static async ValueTask<string> ReadAsync(PipeReader input, StowRequest request, DataSetBuffer dataSet, int length)
    {
        var found = new StringBuilder();
        var part = new PartTenObject(dataSet);
        var content = default(Crc32C);
        long taken = 0;
        void Take(ReadOnlySequence<byte> piece)
        {
            foreach (var memory in piece)
            {
                content = content.Append(memory.Span);
            }

            taken += piece.Length;
            part.Take(piece);
        }

        part.Begin();
        if (request.Boundary.Length == 0)
        {
            for (var ended = false; !ended;)
            {
                var read = await input.ReadAsync().ConfigureAwait(false);
                Take(read.Buffer);
                input.AdvanceTo(read.Buffer.End);
                ended = read.IsCompleted;
            }

            PropertyBrokenException.Require(taken == length, "the object is the whole body");
            return Describe(part);
        }

        var parts = new MultipartReader(input, request.Boundary);
        while (await parts.NextAsync(CancellationToken.None).ConfigureAwait(false) is { } headers)
        {
            part.Begin();
            await parts.ReadAsync(Take, CancellationToken.None).ConfigureAwait(false);
            PropertyBrokenException.Require(taken <= length, "parts hold no more than the body");
            found.Append('|').Append(Describe(part)).Append(StowRequest.IsDicom(headers.ContentType)).Append(headers).Append(content.Value);
        }

        return found.ToString();
    }

    private static string Describe(PartTenObject part)
    {
        part.End();
        PropertyBrokenException.Require(part.Problem.Length <= 64, "a problem fits into Error Comment");
        var scanned = part.Problem.Length > 0 ? part.Problem : DataSetScanner.Scan(part.DataSet, part.TransferSyntaxUid).Problem;
        return $"{scanned.Replace(' ', '-')}{part.IsTooLarge} {part.SopClassUid} {part.SopInstanceUid} {part.TransferSyntaxUid} {part.DataSet.Length} ";
    }
}
