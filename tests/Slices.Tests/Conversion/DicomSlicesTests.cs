using System.Buffers.Binary;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Tests.Conversion;

public sealed class DicomSlicesTests
{
    [Fact]
    public void Rescale_slope_and_intercept_are_applied()
    {
        var slice = Read(dataset =>
        {
            dataset.Set(DicomTag.RescaleSlope, "0.5");
            dataset.Set(DicomTag.RescaleIntercept, "-10");
        });

        Assert.Equal([-10f, -9.5f, 40f, 490f], slice.Values);
    }

    [Fact]
    public void Monochrome1_is_turned_so_that_bright_is_large()
    {
        var slice = Read(dataset => dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME1"));

        Assert.Equal([-0f, -1f, -100f, -1000f], slice.Values);
    }

    [Fact]
    public void A_modality_LUT_maps_and_holds_its_ends()
    {
        var slice = Read(dataset =>
        {
            var lut = new DicomDataset();
            lut.Set(DicomTag.LUTDescriptor, 3, 1, 16);
            lut.SetBytes(DicomTag.LUTData, DicomVr.OW, new byte[] { 7, 0, 8, 0, 0, 1 });
            dataset.SetSequence(DicomTag.ModalityLUTSequence, lut);
        });

        Assert.Equal([7f, 7f, 256f, 256f], slice.Values);
    }

    [Fact]
    public void The_frame_s_own_functional_group_goes_before_the_shared_one()
    {
        var slice = Read(dataset =>
        {
            dataset.Set(DicomTag.RescaleSlope, "100");
            dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, Groups("2"));
            dataset.SetSequence(DicomTag.PerFrameFunctionalGroupsSequence, Groups("3"));
        });

        Assert.Equal([0f, 3f, 300f, 3000f], slice.Values);
    }

    [Fact]
    public void Padding_takes_the_smallest_value_of_the_others()
    {
        var slice = Read(dataset => dataset.Set(DicomTag.PixelPaddingValue, 1000));

        Assert.Equal([0f, 1f, 100f, 0f], slice.Values);
    }

    [Theory]
    [InlineData(null, 1, 1)]
    [InlineData("0.5\\0.25", 0.5, 0.25)]
    [InlineData("0\\0.25", 1, 1)]
    public void Spacing_that_is_missing_or_senseless_means_square_pixels(string? spacing, double row, double column)
    {
        var slice = Read(dataset =>
        {
            if (spacing is not null)
            {
                dataset.Set(DicomTag.PixelSpacing, spacing.Split('\\'));
            }
        });

        Assert.Equal((row, column), (slice.RowSpacing, slice.ColumnSpacing));
    }

    [Fact]
    public void A_slope_of_zero_is_an_error_and_not_a_black_image()
    {
        Assert.Throws<DicomFormatException>(() => Read(dataset => dataset.Set(DicomTag.RescaleSlope, "0")));
    }

    private static DicomDataset Groups(string slope)
    {
        var (groups, transformation) = (new DicomDataset(), new DicomDataset());
        transformation.Set(DicomTag.RescaleSlope, slope);
        transformation.Set(DicomTag.RescaleIntercept, "0");
        groups.SetSequence(DicomTag.PixelValueTransformationSequence, transformation);
        return groups;
    }

    private static SlicePixels Read(Action<DicomDataset> change)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, "2.25.1");
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, 2);
        dataset.Set(DicomTag.Columns, 2);
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.Set(DicomTag.BitsStored, 16);
        dataset.Set(DicomTag.HighBit, 15);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        var pixels = new byte[8];
        foreach (var (index, value) in new[] { 0, 1, 100, 1000 }.Index())
        {
            BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * index), (ushort)value);
        }

        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels);
        change(dataset);
        var file = new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
        return DicomSlices.Read(file, PixelFrames.Open(file), 0);
    }
}
