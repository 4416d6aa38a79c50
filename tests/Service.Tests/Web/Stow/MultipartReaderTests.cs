using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using BrainTumorDicom.Service.Web.Stow;

namespace BrainTumorDicom.Service.Tests.Web.Stow;

public sealed class MultipartReaderTests
{
    private const string Boundary = "b0und";

    // Line ends, the boundary's beginning, and the boundary going on as something else: all content.
    private static readonly string[] Contents =
        ["", "plain", "\r\n", "\r\n--b0un\r\n--b0undX\r\n", "\r\n\r\n--b0un", "--b0und-", "a\r\n--b0und -- \r\n-\r", "\r\r\n-\n--b0und"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_split_of_the_body_reads_the_same()
    {
        var body = Body(Contents);
        for (var at = 0; at <= body.Length; at++)
        {
            Assert.Equal(Contents, await ReadAsync([body[..at], body[at..]]));
        }

        Assert.Equal(Contents, await ReadAsync(body.Select(one => new[] { one })));
    }

    [Fact]
    public async Task A_preamble_an_epilogue_and_padding_are_no_content()
    {
        var body = Encoding.Latin1.GetBytes("preamble\r\n--b0und \t\r\nA: b\r\n\r\nx\r\n--b0und--\r\nepilogue --b0und\r\n");

        Assert.Equal(["x"], await ReadAsync([body]));
    }

    [Fact]
    public async Task A_part_may_have_no_headers_and_no_content()
    {
        Assert.Equal(["x", ""], await ReadAsync([Encoding.Latin1.GetBytes("--b0und\r\n\r\nx\r\n--b0und\r\nA: b\r\n\r\n--b0und--")]));
    }

    [Fact]
    public async Task Headers_are_read_whatever_their_case_and_folding()
    {
        var body = Encoding.Latin1.GetBytes("--b0und\r\ncontent-TYPE: application/dicom;\r\n transfer-syntax=1.2\r\nContent-Transfer-Encoding:binary\r\n\r\nx\r\n--b0und--");

        var headers = await new MultipartReader(PipeReader.Create(new ReadOnlySequence<byte>(body)), Boundary).NextAsync(Cancel);

        Assert.Equal(new PartHeaders("application/dicom; transfer-syntax=1.2", "binary"), headers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no boundary at all")]
    [InlineData("--b0und\r\nA: b\r\n\r\nx")]
    [InlineData("--b0und\r\nA: b\r\n\r\nx\r\n--b0und")]
    [InlineData("--b0und\r\nA: b\r\n\r\nx\r\n--b0und-")]
    [InlineData("--b0und\r\nA: b\r\n\r\nx\r\n--b0und\r\n")]
    [InlineData("--b0und\r\nA: b\r\n--b0und--")]
    [InlineData("--b0und\r\nno header\r\n\r\nx\r\n--b0und--")]
    [InlineData("--b0und\r\nA: b\r\na: c\r\n\r\nx\r\n--b0und--")]
    public async Task What_breaks_off_or_is_no_part_is_said_to_be_so(string body)
    {
        await Assert.ThrowsAsync<MultipartFormatException>(() => ReadAsync([Encoding.Latin1.GetBytes(body)]));
    }

    [Fact]
    public async Task Headers_without_end_are_given_up()
    {
        var body = Encoding.Latin1.GetBytes("--b0und\r\nA: " + new string('x', PartHeaders.MaximumLength));
        var lines = Encoding.Latin1.GetBytes("--b0und\r\n" + string.Concat(Enumerable.Range(0, 4000).Select(number => $"h{number}: x\r\n")));

        await Assert.ThrowsAsync<MultipartFormatException>(() => ReadAsync([body]));
        await Assert.ThrowsAsync<MultipartFormatException>(() => ReadAsync([lines]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_body_with_any_byte_changed_is_read_to_an_end_or_refused_the_same_in_any_split(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var body = Body(Contents);
            for (var changes = random.Next(4); changes >= 0; changes--)
            {
                body[random.Next(body.Length)] = "\r\n-b: x"u8[random.Next(7)];
            }

            Assert.Equal(await TryReadAsync([body]), await TryReadAsync(body.Chunk(1 + random.Next(9))));
        }
    }

    private static byte[] Body(IEnumerable<string> contents) => Encoding.Latin1.GetBytes(
        string.Concat(contents.Select(content => $"--{Boundary}\r\nContent-Type: application/dicom\r\n\r\n{content}\r\n")) + $"--{Boundary}--\r\n");

    private static async Task<string> TryReadAsync(IEnumerable<byte[]> pieces)
    {
        try
        {
            return string.Join('|', await ReadAsync(pieces));
        }
        catch (MultipartFormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The contents of all parts, the body coming in <paramref name="pieces"/>, each of which is read before the next comes.</summary>
    private static async Task<List<string>> ReadAsync(IEnumerable<byte[]> pieces)
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false, pauseWriterThreshold: 0));
        var reading = ReadAllAsync(pipe.Reader);
        foreach (var piece in pieces)
        {
            await pipe.Writer.WriteAsync(piece, Cancel);
        }

        await pipe.Writer.CompleteAsync();
        return await reading;
    }

    private static async Task<List<string>> ReadAllAsync(PipeReader input)
    {
        var reader = new MultipartReader(input, Boundary);
        var contents = new List<string>();
        while (await reader.NextAsync(Cancel) is not null)
        {
            var content = new StringBuilder();
            await reader.ReadAsync(piece => content.Append(Encoding.Latin1.GetString(piece)), Cancel);
            contents.Add(content.ToString());
        }

        return contents;
    }
}
