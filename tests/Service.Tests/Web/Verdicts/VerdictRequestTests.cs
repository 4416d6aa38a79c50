using System.Text;
using BrainTumorDicom.Service.Web.Verdicts;

namespace BrainTumorDicom.Service.Tests.Web.Verdicts;

public sealed class VerdictRequestTests
{
    [Fact]
    public void A_verdict_is_read_without_blanks_and_with_its_class_as_labels_are_written() =>
        Assert.Equal(new VerdictRequest("glioma", "Dr A", ""), VerdictRequest.Read("""{"class":"Glioma","reader":" Dr A "}"""u8, out _));

    [Theory]
    [InlineData("", "no verdict")]
    [InlineData("null", "no verdict")]
    [InlineData("[]", "no verdict")]
    [InlineData("""{"class":"glioma"}""", "no verdict")]
    [InlineData("""{"class":"glioma","reader":null}""", "no verdict")]
    [InlineData("""{"class":"glioma","reader":"A","remark":"x"}""", "no verdict")]
    [InlineData("""{"class":"lymphoma","reader":"A"}""", "class is to be one of")]
    [InlineData("""{"class":"glioma","reader":"  "}""", "reader")]
    [InlineData("""{"class":"glioma","reader":"A\nB"}""", "reader")]
    public void What_is_no_verdict_is_told_in_one_line(string json, string problem)
    {
        Assert.Null(VerdictRequest.Read(Encoding.UTF8.GetBytes(json), out var told));

        Assert.Contains(problem, told, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told);
    }

    [Fact]
    public void Reader_and_comment_have_a_longest_length()
    {
        Assert.Null(Read(65, 0));
        Assert.Null(Read(1, 2001));
        Assert.NotNull(Read(64, 2000));
    }

    private static VerdictRequest? Read(int reader, int comment) => VerdictRequest.Read(
        Encoding.UTF8.GetBytes($$"""{"class":"glioma","reader":"{{new string('r', reader)}}","comment":"{{new string('c', comment)}}"}"""), out _);
}
