using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Fuzz.Mutation;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>Part 10 files (PS3.10 §7) of every transfer syntax, and data sets without a meta header.</summary>
internal static class FileTarget
{
    internal static FuzzTarget Create() => new("file", Seeds, Run)
    {
        Allowed = [typeof(DicomFormatException)],
        Grammar = [new ElementMutator(132, isExplicit: true, isBigEndian: false), new ElementMutator(0, isExplicit: false, isBigEndian: false)],
        BytesPerByte = 4096,
    };

    private static IEnumerable<byte[]> Seeds()
    {
        foreach (var syntax in TargetTable.Native)
        {
            var file = new DicomFile(SampleData.Image(), syntax);
            yield return file.ToArray();
            yield return file.ToArray()[132..];
            yield return SampleData.Bytes(SampleData.Text(), syntax);
        }

        yield return new DicomFile(SampleData.Encapsulated(16, 1, new byte[70]), DicomTransferSyntax.RleLossless).ToArray();
    }

    private static int Run(byte[] input)
    {
        var file = DicomFile.Read(input);
        _ = DicomFile.ReadHeader(input);
        var again = DicomFile.Read(file.ToArray());
        PropertyBrokenException.Require(again.TransferSyntax == file.TransferSyntax, "the transfer syntax stays");
        PropertyBrokenException.Require(again.Dataset.Count == file.Dataset.Count, "no element is lost or made");
        return HashCode.Combine(file.TransferSyntax.Uid.Value.Length, file.MetaInformation.Count, DatasetTarget.Examine(file.Dataset, file.TransferSyntax));
    }
}
