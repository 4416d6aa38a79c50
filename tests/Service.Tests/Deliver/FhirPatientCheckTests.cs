using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FhirPatientCheckTests
{
    [Theory]
    [InlineData("""{"id":"7"}""")]
    [InlineData("""{"id":"7","birthDate":"1960-02-29","gender":"female"}""")]
    [InlineData("""{"id":"7","birthDate":"1960-02","gender":"unknown"}""")]
    [InlineData("""{"id":"7","birthDate":"1960"}""")]
    public void One_patient_that_nothing_contradicts_is_the_patient(string patient) => Assert.Equal(("Patient/7", ""), Read(patient));

    [Theory]
    [InlineData("""{"id":"7","birthDate":"1960-02-28"}""", "birth date")]
    [InlineData("""{"id":"7","gender":"male"}""", "sex")]
    public void A_patient_with_another_birth_date_or_sex_needs_a_person(string patient, string expected)
    {
        var (found, reason) = Read(patient);

        Assert.Null(found);
        Assert.Equal($"needs reconciliation: the patient found has another {expected} than the source", reason);
    }

    [Fact]
    public void No_patient_and_several_need_a_person()
    {
        Assert.Equal((null, "needs reconciliation: no patient has the identifier"), Read());
        Assert.Equal((null, "needs reconciliation: several patients have the identifier"), Read("""{"id":"7"}""", """{"id":"8"}"""));
    }

    [Fact]
    public void What_is_unknown_on_one_side_cannot_differ() => Assert.Equal(
        ("Patient/7", ""), FhirPatientCheck.Read(Searchset(["""{"id":"7","birthDate":"1960-02-28","gender":"male"}"""]), "", ""));

    [Theory]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("""{"entry":[7]}""")]
    public void An_answer_that_is_no_search_result_needs_a_person(string answer) =>
        Assert.Null(FhirPatientCheck.Read(Encoding.UTF8.GetBytes(answer), "", "").Patient);

    private static (string? Patient, string Reason) Read(params string[] patients) => FhirPatientCheck.Read(Searchset(patients), "19600229", "F");

    private static byte[] Searchset(string[] patients) => Encoding.UTF8.GetBytes(
        $$"""{"resourceType":"Bundle","entry":[{{string.Join(',', patients.Select(patient => $$"""{"resource":{{patient.Replace("{", "{\"resourceType\":\"Patient\",", StringComparison.Ordinal)}}}"""))}}]}""");
}
