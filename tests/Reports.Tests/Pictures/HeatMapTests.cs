using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Reports.Pictures;

public sealed class HeatMapTests
{
    private static readonly Finding Glioma = Findings.Of(TumorClass.Glioma);
    private static readonly HeatMap Map = SourceFiles.HeatMapsOf(Glioma)[0];

    [Fact]
    public void The_five_strongest_slices_have_a_picture_each_and_a_finding_without_tumour_has_none()
    {
        Assert.Equal(
            KeySlices.Of(Glioma).Select(slice => slice.SopInstanceUid),
            SourceFiles.KeyImagesOf(Glioma).Select(image => image.Slice.SopInstanceUid));
        Assert.Equal(5, KeySlices.Of(Glioma).Length);
        Assert.Empty(SourceFiles.KeyImagesOf(Findings.Of(TumorClass.NoTumor)));
    }

    [Fact]
    public void A_slice_that_cannot_be_read_any_more_has_no_picture_and_the_others_keep_their_rank()
    {
        var missing = KeySlices.Of(Glioma)[1].SopInstanceUid;
        var damaged = KeySlices.Of(Glioma)[2].SopInstanceUid;

        var images = KeyImages.Read(Glioma, uid => uid == missing ? null : uid == damaged ? throw new IOException("gone") : SourceFiles.Open(uid));

        Assert.Equal([1, 4, 5], images.Select(image => image.Rank));
    }

    [Fact]
    public void Labels_stand_at_the_upper_and_the_lower_edge_and_are_four_percent_of_the_height()
    {
        Assert.True(HeatMapPainter.LabelScale * BitmapFont.Height >= 0.04 * Map.Height);
        Assert.Equal("DERIVED - BrainTumorDicom 1.0.0 - SLICE 13", Map.Label);
        Assert.Contains(Enumerable.Range(0, 40), y => IsWhite(8 + 2, y));
        Assert.Contains(Enumerable.Range(Map.Height - 32, 32), y => IsWhite(8 + 2, y));
        Assert.All(Enumerable.Range(0, Map.Width), x => Assert.Equal(default, Pixel(x, Map.Height - 1)));
    }

    [Fact]
    public void The_left_panel_is_the_slice_in_grey_and_the_right_one_is_coloured_where_attention_is()
    {
        // The panel's side is 120 mm: 512 pixels. The hot cell is the third of four rows and columns of 40 × 40 pixels from (4, 0).
        var (x, y) = PanelPixel(row: 4 + 25, column: 25);
        var (left, hot) = (Pixel(x, y), Pixel(HeatMapPainter.MapLeft + x, y));
        var (coldX, coldY) = PanelPixel(row: 6, column: 2);

        Assert.Equal(new Rgb(128, 128, 128), left);
        Assert.True(hot.Red > hot.Blue + 30, hot.ToString());
        Assert.Equal(Pixel(coldX, coldY), Pixel(HeatMapPainter.MapLeft + coldX, coldY));
    }

    [Fact]
    public void A_pixel_of_the_map_lies_where_it_lies_in_the_patient()
    {
        var dataset = HeatMapWriter.Write(Samples.Request(Glioma), Map).Dataset;

        var origin = dataset.GetDoubles(DicomTag.ImagePositionPatient);
        var spacing = dataset.GetDoubles(DicomTag.PixelSpacing);
        Assert.Equal(SourceFiles.Orientation, dataset.GetDoubles(DicomTag.ImageOrientationPatient));

        // The bright pixel of the source: row 10, column 20.
        var (x, y) = PanelPixel(row: 10.5, column: 20.5);
        for (var axis = 0; axis < 3; axis++)
        {
            var (right, down) = (SourceFiles.Orientation[axis], SourceFiles.Orientation[axis + 3]);
            var shown = origin[axis] + (right * spacing[1] * (HeatMapPainter.MapLeft + x)) + (down * spacing[0] * y);
            var expected = SourceFiles.Position[axis] + (right * SourceFiles.Spacing[1] * 20) + (down * SourceFiles.Spacing[0] * 10);
            Assert.Equal(expected, shown, spacing[0]);
        }

        Assert.True(Pixel(x, y).Red > 200);
    }

    [Fact]
    public void The_object_is_a_derived_picture_of_its_source_that_names_nobody_in_its_pixels()
    {
        var dataset = DicomFile.Read(HeatMapWriter.Write(Samples.Request(Glioma), Map).ToArray()).Dataset;

        Assert.Equal("1.2.840.10008.5.1.4.1.1.7", dataset.GetString(DicomTag.SOPClassUID));
        Assert.Equal(["DERIVED", "SECONDARY", "OTHER"], dataset.GetStrings(DicomTag.ImageType));
        Assert.Equal(("OT", "WSD", "NO", "NO", "RGB"), (
            dataset.GetString(DicomTag.Modality), dataset.GetString(DicomTag.ConversionType), dataset.GetString(DicomTag.BurnedInAnnotation),
            dataset.GetString(DicomTag.RecognizableVisualFeatures), dataset.GetString(DicomTag.PhotometricInterpretation)));
        Assert.Equal(Findings.FrameOfReference, dataset.GetString(DicomTag.FrameOfReferenceUID));
        Assert.NotEqual(Findings.Series, dataset.GetString(DicomTag.SeriesInstanceUID));
        Assert.Equal("AI ATTENTION MAP - RESEARCH USE ONLY - NOT FOR DIAGNOSIS", dataset.GetString(DicomTag.SeriesDescription));
        var source = Assert.Single(dataset.GetSequence(DicomTag.SourceImageSequence));
        Assert.Equal(Map.Image.Slice.SopInstanceUid, source.GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal("121322", source.GetSequence(DicomTag.PurposeOfReferenceCodeSequence)[0].GetString(DicomTag.CodeValue));
        Assert.Equal(Map.Width * Map.Height * 3, dataset.GetBytes(DicomTag.PixelData).Length);
        Assert.Equal("ACC-77", dataset.GetString(DicomTag.AccessionNumber));
        Assert.False(dataset.Contains(DicomTag.LossyImageCompression));
    }

    [Fact]
    public void Lossy_compression_of_the_source_is_said_and_a_source_without_a_place_gives_a_picture_without_one()
    {
        var image = KeyImages.Read(Glioma, uid => SourceFiles.Open(uid, change: dataset =>
        {
            dataset.Set(DicomTag.LossyImageCompression, "01");
            dataset.Set(DicomTag.LossyImageCompressionRatio, 12.5);
            dataset.Set(DicomTag.LossyImageCompressionMethod, "ISO_10918_1");
            dataset.Remove(DicomTag.PixelSpacing);
        }))[0];

        var map = HeatMapPainter.Draw(Glioma, [image])[0];
        var dataset = HeatMapWriter.Write(Samples.Request(Glioma), map).Dataset;

        Assert.Equal(("01", "ISO_10918_1"), (dataset.GetString(DicomTag.LossyImageCompression), dataset.GetString(DicomTag.LossyImageCompressionMethod)));
        Assert.Null(map.Spacing);
        Assert.False(dataset.Contains(DicomTag.ImagePositionPatient));
        Assert.False(dataset.Contains(DicomTag.FrameOfReferenceUID));
        Assert.True(dataset.Contains(DicomTag.PatientOrientation));
    }

    [Fact]
    public void Revisions_share_a_series_and_never_a_UID_or_a_number_and_writing_again_gives_the_same_bytes()
    {
        var request = Samples.Request(Glioma);
        var maps = SourceFiles.HeatMapsOf(Glioma);
        var first = maps.Select(map => HeatMapWriter.Write(request, map).Dataset).ToList();
        var second = maps.Select(map => HeatMapWriter.Write(request with { Revision = 2 }, map).Dataset).ToList();

        var all = first.Concat(second).ToList();
        Assert.Single(all.Select(dataset => dataset.GetString(DicomTag.SeriesInstanceUID)).Distinct());
        Assert.Equal(10, all.Select(dataset => dataset.GetString(DicomTag.SOPInstanceUID)).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 10), all.Select(dataset => dataset.GetInt32(DicomTag.InstanceNumber)!.Value));
        Assert.Equal(HeatMapWriter.Write(request, maps[0]).ToArray(), HeatMapWriter.Write(request, SourceFiles.HeatMapsOf(Glioma)[0]).ToArray());
    }

    [Fact]
    public void A_label_keeps_version_and_slice_whole_and_where_it_cannot_there_is_no_picture()
    {
        var slice = Map.Image.Slice;

        Assert.Equal("DERIVED - 12345678901234567890 - SLICE 13", HeatMapPainter.Label(Findings.Model with { Version = "12345678901234567890" }, slice));
        Assert.Null(HeatMapPainter.Label(Findings.Model with { Version = new string('9', 40) }, slice));
        Assert.EndsWith("IMAGE 1 FRAME 7", HeatMapPainter.Label(Findings.Model, slice with { FrameNumber = 7, InstanceNumber = 1 }), StringComparison.Ordinal);
        Assert.Empty(HeatMapPainter.Draw(Glioma with { Model = Findings.Model with { Version = new string('9', 40) } }, SourceFiles.KeyImagesOf(Glioma)));
    }

    [Fact]
    public void Attention_is_linear_between_the_middles_of_cells_and_zero_in_a_flat_map()
    {
        var map = new AttentionMap(TumorClass.Glioma, 1, 2, [1f, 3f], Top: 0, Left: 10, Height: 4, Width: 4, new Slices.Conversion.DisplayRange(0, 1));

        Assert.Equal(0, map.At(2, 11)!.Value, 6);
        Assert.Equal(0.5, map.At(2, 12)!.Value, 6);
        Assert.Equal(1, map.At(2, 13.5)!.Value, 6);
        Assert.Null(map.At(2, 9.9));
        Assert.Equal(0, new AttentionMap(TumorClass.Glioma, 1, 2, [2f, 2f], 0, 10, 4, 4, map.Range).At(2, 12));
    }

    // Where the middle of a place in the slice is shown: columns of 3 mm fill the panel's 120 mm, rows of 2 mm are 96 of them.
    private static (int X, int Y) PanelPixel(double row, double column)
    {
        const double perMillimetre = HeatMapPainter.Panel / 120.0;
        return ((int)(column * 3 * perMillimetre), HeatMapPainter.PanelTop + (int)(((row * 2) + 12) * perMillimetre));
    }

    private static bool IsWhite(int x, int y) => Pixel(x, y) == Rgb.White;

    private static Rgb Pixel(int x, int y)
    {
        var at = ((y * Map.Width) + x) * 3;
        var pixels = Map.Pixels.Span;
        return new Rgb(pixels[at], pixels[at + 1], pixels[at + 2]);
    }
}
