using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Files;

public class SharedFilesTests
{
    [SharedDataFact("dicom")]
    public void Every_readable_file_is_the_same_after_writing_and_reading()
    {
        var failures = new List<string>();
        var readable = 0;
        foreach (var path in Directory.EnumerateFiles(SharedData.Find("dicom")!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            DicomFile file;
            try
            {
                file = DicomFile.Read(path);
            }
            catch (DicomFormatException)
            {
                failures.Add(Path.GetFileName(path));
                continue;
            }

            var again = DicomFile.Read(file.ToArray());
            Assert.True(again.Dataset.ContentEquals(file.Dataset), path);
            Assert.Equal(file.TransferSyntax.Uid.Value, again.TransferSyntax.Uid.Value);
            readable++;
        }

        Assert.True(readable > 600, $"{readable} readable");
    }
}
