using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Dicom.Files;
using FsCheck;
using FsCheck.Fluent;

namespace BrainTumorDicom.Dicom.Tests.Files;

/// <summary>Properties of any data set (PS3.5 §7), over generated ones.</summary>
public sealed class DatasetPropertyTests
{
    private static readonly DicomTransferSyntax[] Syntaxes =
    [
        DicomTransferSyntax.ImplicitVrLittleEndian, DicomTransferSyntax.ExplicitVrLittleEndian, DicomTransferSyntax.ExplicitVrBigEndian,
        DicomTransferSyntax.DeflatedExplicitVrLittleEndian,
    ];

    // Tags whose VR the dictionary gives, so that implicit VR says as much as explicit: group 0018 and 0028 to keep pixels out.
    private static readonly DicomTag[] Tags =
    [
        .. Enumerable.Range(0x00180010, 0x9600).Select(key => DicomTag.FromKey((uint)key))
            .Where(tag => DicomDictionary.Find(tag) is not null && DicomDictionary.VrOf(tag, false) is var vr && vr != DicomVr.UN && vr != DicomVr.SQ),
    ];

    private static readonly DicomTag[] Sequences = [DicomTag.ReferencedStudySequence, DicomTag.ContentSequence, DicomTag.SharedFunctionalGroupsSequence];

    [Fact]
    public void A_data_set_is_read_as_it_was_written_in_every_native_transfer_syntax() =>
        Prop.ForAll(Arb.From(Dataset(depth: 3)), dataset => Syntaxes.All(syntax => DicomDatasetReader.Read(Written(dataset, syntax), syntax).ContentEquals(dataset)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_data_set_cut_short_is_refused_or_lacks_its_last_elements() =>
        Prop.ForAll(
                Arb.From(Dataset(depth: 2)),
                Arb.From(Gen.Choose(0, 1000)),
                (dataset, part) => Syntaxes.Where(syntax => !syntax.IsDeflated).All(syntax => IsRefusedOrPrefix(dataset, syntax, part)))
            .QuickCheckThrowOnFailure();

    private static bool IsRefusedOrPrefix(DicomDataset dataset, DicomTransferSyntax syntax, int part)
    {
        var bytes = Written(dataset, syntax);
        try
        {
            var read = DicomDatasetReader.Read(bytes.AsMemory(0, bytes.Length * part / 1001), syntax);
            return read.Zip(dataset).All(pair => pair.First.ContentEquals(pair.Second));
        }
        catch (DicomFormatException)
        {
            return true;
        }
    }

    private static byte[] Written(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, syntax, output);
        return output.WrittenSpan.ToArray();
    }

    private static Gen<DicomDataset> Dataset(int depth)
    {
        var values = Gen.ListOf(Value(), 6);
        var sequences = depth == 0 ? Gen.Constant(new List<DicomElement>()) : Gen.ListOf(Sequence(depth - 1), 2);
        return values.SelectMany(ones => sequences.Select(others =>
        {
            var dataset = new DicomDataset();
            foreach (var element in ones.Concat(others))
            {
                dataset.Add(element);
            }

            return dataset;
        }));
    }

    private static Gen<DicomElement> Sequence(int depth) =>
        Gen.Elements(Sequences).SelectMany(tag => Gen.Choose(0, 2).SelectMany(count => Gen.ListOf(Dataset(depth), count))
            .Select(items => (DicomElement)new DicomSequence(tag, [.. items])));

    private static Gen<DicomElement> Value() =>
        Gen.Elements(Tags).SelectMany(tag => Gen.Choose(0, 40).SelectMany(units => Gen.ListOf(Gen.Choose(0, 255), units * 8)).Select(bytes =>
        {
            var vr = DicomDictionary.VrOf(tag, false);
            var value = bytes.Select(each => (byte)(vr.IsText ? 'A' + (each % 26) : each)).ToArray();
            return (DicomElement)new DicomValueElement(tag, vr, value);
        }));
}
