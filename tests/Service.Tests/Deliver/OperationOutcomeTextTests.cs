using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class OperationOutcomeTextTests
{
    [Theory]
    [InlineData("""{"issue":[{"diagnostics":"one\r\ntwo"},{"code":"invalid"}]}""", "one two; invalid")]
    [InlineData("""{"issue":[{"diagnostics":"\uD83D x"}]}""", "")]
    [InlineData("<html>", "")]
    public void What_a_server_says_is_one_line_or_nothing(string answer, string text) =>
        Assert.Equal(text, OperationOutcomeText.Read(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_nothing() =>
        Assert.Equal("", OperationOutcomeText.Read((byte[])[.. "{\"issue\":[{\"code\":\""u8, 0xFF, .. "\"}]}"u8]));
}
