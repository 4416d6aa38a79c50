using System.Globalization;
using System.Text.RegularExpressions;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary><c>conformance/STATEMENT.md</c> says what the code does.</summary>
public sealed partial class ConformanceStatementTests
{
    private static readonly string Statement = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "conformance", "STATEMENT.md"));

    [Fact]
    public void Its_annex_lists_the_storage_classes_that_are_taken()
    {
        var annex = Statement[Statement.IndexOf("## Annex A", StringComparison.Ordinal)..];

        Assert.Equal(StorageSopClasses.All, LastUid().Matches(annex).Select(row => row.Groups[1].Value));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"the {StorageSopClasses.All.Count} SOP classes of annex A"), Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_table_says_which_transfer_syntaxes_are_taken_and_which_need_a_library()
    {
        Assert.Equal(PixelCodecs.JpegLsSyntaxes, Listed("where CharLS is"));
        Assert.Equal(PixelCodecs.Jpeg2000Syntaxes, Listed("where OpenJPEG is"));
        var taken = new DicomServerOptions().AcceptedTransferSyntaxes.Except([.. PixelCodecs.JpegLsSyntaxes, .. PixelCodecs.Jpeg2000Syntaxes]);
        Assert.Equal(taken.Order(StringComparer.Ordinal), Listed("always").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_names_the_implementation()
    {
        Assert.Contains($"`{DicomImplementation.ClassUid}`", Statement, StringComparison.Ordinal);
        Assert.Contains($"`{DicomImplementation.VersionName}`", Statement, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\|[^|]*\| `([0-9.]+)` \|\r?$", RegexOptions.Multiline)]
    private static partial Regex LastUid();

    private static IEnumerable<string> Listed(string when) =>
        UidAndWhen().Matches(Statement).Where(row => row.Groups[2].Value == when).Select(row => row.Groups[1].Value);

    [GeneratedRegex(@"^\|[^|]*\| `([0-9.]+)` \| (always|where \w+ is) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex UidAndWhen();
}
