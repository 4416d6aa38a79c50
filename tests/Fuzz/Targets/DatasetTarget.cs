using System.Buffers;
using System.Text.Json;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Fuzz.Mutation;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>
/// Data sets in one transfer syntax (PS3.5 §7): read, every value looked at, written as JSON, as text and as DICOM again. What was
/// read once is written and read the same from then on, and what the reader takes, the scanner before the journal takes too.
/// </summary>
internal static class DatasetTarget
{
    internal static FuzzTarget Create(string name, DicomTransferSyntax syntax) => new(name, () => Seeds(syntax), input => Run(input, syntax))
    {
        Allowed = [typeof(DicomFormatException)],
        Grammar = syntax.IsDeflated ? [new DeflatedMutator()] : [new ElementMutator(0, syntax.IsExplicitVr, syntax.IsBigEndian)],

        // The reader takes a copy of the inflated bytes, the writers several.
        FreeBytes = 128 << 20,
        BytesPerByte = syntax.IsDeflated ? 4096 : 2048,
    };

    /// <summary>Looks at every value of <paramref name="dataset"/> and requires that it is written and read the same.</summary>
    /// <returns>The shape of the data set.</returns>
    internal static int Examine(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var shape = default(HashCode);
        AddShape(ref shape, dataset, depth: 0);
        RequireJson(dataset);
        DicomTextWriter.Write(dataset, TextWriter.Null);
        var once = SampleData.Bytes(dataset, syntax);
        var again = DicomDatasetReader.Read(once, syntax);
        PropertyBrokenException.Require(SampleData.Bytes(again, syntax).AsSpan().SequenceEqual(once), "what is written is read as what was written");
        return shape.ToHashCode();
    }

    private static IEnumerable<byte[]> Seeds(DicomTransferSyntax syntax)
    {
        var image = syntax.IsEncapsulated ? SampleData.Encapsulated(16, 2, new byte[70], new byte[72]) : SampleData.Image();
        return [SampleData.Bytes(image, syntax), SampleData.Bytes(SampleData.Text(), syntax)];
    }

    private static int Run(byte[] input, DicomTransferSyntax syntax)
    {
        var data = new ReadOnlySequence<byte>(input);
        var scanned = DataSetScanner.Scan(data, syntax.Uid.Value);
        var pieces = DataSetScanner.Scan(Segmented.Of(input, 1 + (input.Length % 13)), syntax.Uid.Value);
        PropertyBrokenException.Require(scanned == pieces, "the scanner finds in pieces what it finds in the whole");
        PropertyBrokenException.Require(scanned.Problem.Length <= 64, "a problem fits into Error Comment");
        var dataset = DicomDatasetReader.Read(input, syntax);
        PropertyBrokenException.Require(
            scanned.Problem.Length == 0 || MayBeRefused(dataset, scanned.Problem), $"the scanner takes what the reader takes, but: {scanned.Problem}");
        _ = DicomDatasetReader.Read(input, syntax, DicomTag.PixelData);
        return HashCode.Combine(Examine(dataset, syntax), scanned.SopInstanceUid.Length > 0);
    }

    /// <summary>
    /// Groups that belong in no data set, nothing at all, and a few zeros at the end are refused on purpose. Fragments of another tag than Pixel Data end
    /// without their delimiter only where the dictionary gives them their VR, and the scanner has no dictionary.
    /// </summary>
    private static bool MayBeRefused(DicomDataset dataset, string problem) =>
        dataset.Count == 0 || problem.Contains("does not belong", StringComparison.Ordinal) || problem.StartsWith("no element", StringComparison.Ordinal) || HasOddFragments(dataset);

    private static bool HasOddFragments(DicomDataset dataset) => dataset.Any(element =>
        element is DicomFragments ? element.Tag != DicomTag.PixelData
        : element is DicomSequence sequence && sequence.Items.Any(HasOddFragments));

    private static void AddShape(ref HashCode shape, DicomDataset dataset, int depth)
    {
        foreach (var element in dataset)
        {
            shape.Add(element.Vr);
            switch (element)
            {
                case DicomSequence sequence:
                    shape.Add(sequence.Items.Count);
                    foreach (var item in sequence.Items)
                    {
                        AddShape(ref shape, item, depth + 1);
                    }

                    break;
                case DicomFragments fragments:
                    shape.Add(fragments.Fragments.Count);
                    break;
                case DicomValueElement value:
                    shape.Add(value.Value.IsEmpty);
                    Ask(dataset, value);
                    break;
            }
        }
    }

    /// <summary>Asks for a value in all the ways there are.</summary>
    private static void Ask(DicomDataset dataset, DicomValueElement value)
    {
        var tag = value.Tag;
        Try(() => dataset.GetStrings(tag));
        Try(() => dataset.GetPersonName(tag));
        Try(() => dataset.GetInt32(tag));
        Try(() => dataset.GetInt32s(tag));
        Try(() => dataset.GetDoubles(tag));
        Try(() => dataset.GetUid(tag));
        Try(() => dataset.GetPrivateCreator(tag));
    }

    private static void Try(Func<object?> get)
    {
        try
        {
            get();
        }
        catch (DicomException)
        {
            // A value that is not of its VR is an error of its own, not of the data set.
        }
    }

    private static void RequireJson(DicomDataset dataset)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            DicomJsonWriter.Write(dataset, writer);
        }

        using var parsed = JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1000 });
        PropertyBrokenException.Require(parsed.RootElement.ValueKind == JsonValueKind.Object, "JSON is an object");
    }
}
