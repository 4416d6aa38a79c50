using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FhirCapabilitiesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"resourceType":"OperationOutcome"}""")]
    [InlineData("""{"resourceType":"CapabilityStatement"}""")]
    public void A_server_that_says_nothing_is_sent_everything(string text)
    {
        var read = FhirCapabilities.Read(Encoding.UTF8.GetBytes(text));

        Assert.Null(read.Hindrance);
        Assert.True(read.Stores("Media"));
        Assert.True(read.PutsProvenance);
    }

    [Theory]
    [InlineData("4.0.1", "transaction", null)]
    [InlineData("4.3.0", "transaction", null)]
    [InlineData("5.0.0", "transaction", "it speaks FHIR 5.0.0, not R4")]
    [InlineData("3.0.2", "transaction", "it speaks FHIR 3.0.2, not R4")]
    [InlineData("4.0.1", "batch", "it takes no transactions")]
    public void Version_and_transactions_decide_whether_a_report_can_go_there(string version, string interaction, string? hindrance) => Assert.Equal(
        hindrance,
        Read($$"""{"resourceType":"CapabilityStatement","fhirVersion":"{{version}}","rest":[{"mode":"server","interaction":[{"code":"{{interaction}}"}]}]}""").Hindrance);

    [Fact]
    public void Types_and_what_may_be_done_with_a_Provenance_are_read()
    {
        var read = Read("""
            {"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"client"},{"mode":"server","resource":[
              {"type":"Device"},{"type":"DiagnosticReport"},{"type":"ImagingStudy"},{"type":"Observation"},
              {"type":"Provenance","updateCreate":true,"conditionalCreate":false}]}]}
            """);

        Assert.Null(read.Hindrance);
        Assert.False(read.Stores("Media"));
        Assert.True(read.PutsProvenance);
        Assert.False(read.FindsProvenance);
    }

    [Fact]
    public void A_server_without_reports_is_no_place_for_them() => Assert.Equal(
        "it stores no DiagnosticReport",
        Read("""{"resourceType":"CapabilityStatement","rest":[{"mode":"server","resource":[{"type":"Device"}]}]}""").Hindrance);

    private static FhirCapabilities Read(string text) => FhirCapabilities.Read(Encoding.UTF8.GetBytes(text));
}
