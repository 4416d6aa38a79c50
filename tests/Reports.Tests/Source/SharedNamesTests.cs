using System.Text;
using System.Text.Json;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports.Source;

/// <summary>Names of real files in the character sets of the world (PS3.5 Annexes H to K, and others) arrive in what is sent.</summary>
public sealed class SharedNamesTests
{
    private const string Folder = "dicom/pydicom-test-files/charset_files";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["chrFren"] = "Buc^Jérôme",
        ["chrGerm"] = "Äneas^Rüdiger",
        ["chrGreek"] = "Διονυσιος",
        ["chrH31"] = "Yamada^Tarou=山田^太郎=やまだ^たろう",
        ["chrH32"] = "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
        ["chrI2"] = "Hong^Gildong=洪^吉洞=홍^길동",
        ["chrKoreanMulti"] = "김희중",
        ["chrX1"] = "Wang^XiaoDong=王^小東",
        ["chrX2"] = "Wang^XiaoDong=王^小东",
    };

    [SharedDataFact(Folder)]
    public void Names_of_real_files_arrive_in_FHIR_and_HL7()
    {
        foreach (var (file, name) in Names)
        {
            var header = DicomFile.Read(Path.Combine(SharedData.Find(Folder)!, $"{file}.dcm")).Dataset;
            var request = Samples.Request(Findings.Of(TumorClass.Glioma), header);

            var message = Encoding.UTF8.GetString(Hl7MessageWriter.Write(request, new Hl7Options())).Split('\r');
            using var bundle = JsonDocument.Parse(FhirBundleWriter.Write(request, new FhirOptions()));

            var groups = name.Split('=');
            var sent = message[1].Split('|')[5].Split('~').Select(group => string.Join('^', group.Split('^').Take(2)).TrimEnd('^'));
            Assert.Equal(groups, sent);
            var report = bundle.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"))
                .Single(resource => resource.GetProperty("resourceType").GetString() == "DiagnosticReport");
            Assert.Equal(
                string.Join(" / ", groups.Select(group => group.Replace('^', ' '))), report.GetProperty("subject").GetProperty("display").GetString());
        }
    }
}
