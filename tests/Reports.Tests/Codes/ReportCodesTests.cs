using System.Reflection;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Codes;

/// <summary>The table of codes.</summary>
public sealed class ReportCodesTests
{
    private static readonly Code[] All =
    [
        .. typeof(ReportCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Code>(),
        .. ReasonCodes.All.Select(PrivateScheme.Reason),
    ];

    [Fact]
    public void Every_code_fits_its_representation()
    {
        Assert.NotEmpty(All);
        Assert.All(All, code =>
        {
            Assert.InRange(code.Value.Length, 1, 16);
            Assert.InRange(code.Scheme.Length, 1, 16);
            Assert.InRange(code.Meaning.Length, 1, 64);
        });
    }

    [Fact]
    public void A_code_has_one_meaning() =>
        Assert.All(All.GroupBy(code => (code.Scheme, code.Value)), same => Assert.Single(same.Select(code => code.Meaning).Distinct()));

    [Theory]
    [InlineData("42548006")]
    [InlineData("86049000")]
    [InlineData("53495002")]
    [InlineData("1947003")]
    [InlineData("93563007")]
    [InlineData("189372002")]
    [InlineData("30186007")]
    [InlineData("260413007")]
    [InlineData("393566004")]
    public void Codes_that_are_known_to_be_wrong_are_not_in_it(string wrong) => Assert.DoesNotContain(All, code => code.Value == wrong);
}
