using System.Globalization;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>The attributes of a phantom's series: an invented patient, an invented scanner, and nothing that looks like a real study.</summary>
internal static class PhantomHeader
{
    private const string Date = "20260101";
    private const string Time = "120000";

    /// <summary>What all slices share.</summary>
    public static DicomDataset OfSeries(HeadPhantom phantom)
    {
        var options = phantom.Options;
        var label = PhantomSeries.Label(phantom.Class).ToUpperInvariant();
        var (scanning, sequence, echo, repetition, inversion) = Protocol(options.Contrast);
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        AddStudy(dataset, phantom, label);

        dataset.Set(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "OTHER");
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.Manufacturer, "BrainTumorDicom");
        dataset.Set(DicomTag.ManufacturerModelName, "Synthetic phantom");
        dataset.Set(DicomTag.SeriesInstanceUID, Uid(phantom, "series"));
        dataset.Set(DicomTag.SeriesNumber, 1);
        dataset.Set(DicomTag.SeriesDescription, $"Synthetic axial {sequence}");
        dataset.Set(DicomTag.ProtocolName, $"Synthetic {sequence}");
        dataset.Set(DicomTag.BodyPartExamined, "BRAIN");
        dataset.Set(DicomTag.PatientPosition, "HFS");
        dataset.Set(DicomTag.FrameOfReferenceUID, Uid(phantom, "frame-of-reference"));
        dataset.SetEmpty(DicomTag.PositionReferenceIndicator);

        dataset.Set(DicomTag.ScanningSequence, scanning);
        dataset.Set(DicomTag.SequenceVariant, "NONE");
        dataset.SetEmpty(DicomTag.ScanOptions);
        dataset.Set(DicomTag.MRAcquisitionType, "2D");
        dataset.Set(DicomTag.RepetitionTime, repetition);
        dataset.Set(DicomTag.EchoTime, echo);
        dataset.SetEmpty(DicomTag.EchoTrainLength);
        if (inversion > 0)
        {
            dataset.Set(DicomTag.InversionTime, inversion);
        }

        if (options.Contrast == PhantomContrast.T1Contrast)
        {
            dataset.Set(DicomTag.ContrastBolusAgent, "SYNTHETIC");
        }

        AddPixelFormat(dataset, phantom);
        return dataset;
    }

    /// <summary>Adds what is the slice's own, but for the pixels.</summary>
    public static void AddSlice(DicomDataset dataset, HeadPhantom phantom, int slice)
    {
        var position = Position(phantom, slice);
        dataset.Set(DicomTag.SOPInstanceUID, Uid(phantom, string.Create(CultureInfo.InvariantCulture, $"slice-{slice + 1}")));
        dataset.Set(DicomTag.InstanceNumber, slice + 1);
        dataset.Set(DicomTag.ImagePositionPatient, position);
        dataset.Set(DicomTag.SliceLocation, position[2]);
    }

    /// <summary>Image Position (Patient) of a slice.</summary>
    public static string[] Position(HeadPhantom phantom, int slice)
    {
        var first = -(phantom.Options.Size - 1) / 2.0 * phantom.PixelSpacing;
        return [Decimal(first), Decimal(first + PhantomRenderer.Back), Decimal(PhantomRenderer.Bottom + ((slice + 0.5) * phantom.SliceSpacing))];
    }

    private static void AddStudy(DicomDataset dataset, HeadPhantom phantom, string label)
    {
        foreach (var date in (ReadOnlySpan<DicomTag>)[DicomTag.StudyDate, DicomTag.SeriesDate, DicomTag.AcquisitionDate, DicomTag.ContentDate])
        {
            dataset.Set(date, Date);
        }

        foreach (var time in (ReadOnlySpan<DicomTag>)[DicomTag.StudyTime, DicomTag.SeriesTime, DicomTag.AcquisitionTime, DicomTag.ContentTime])
        {
            dataset.Set(time, Time);
        }

        dataset.Set(DicomTag.PatientName, $"PHANTOM^{label}");
        dataset.Set(DicomTag.PatientID, string.Create(CultureInfo.InvariantCulture, $"PHANTOM-{label}-{phantom.Seed}"));
        dataset.SetEmpty(DicomTag.PatientBirthDate);
        dataset.Set(DicomTag.PatientSex, "O");
        dataset.Set(DicomTag.StudyInstanceUID, Uid(phantom, "study"));
        dataset.Set(DicomTag.StudyID, "PHANTOM");
        dataset.SetEmpty(DicomTag.AccessionNumber);
        dataset.SetEmpty(DicomTag.ReferringPhysicianName);
        dataset.Set(DicomTag.StudyDescription, "Synthetic phantom, not a patient");
        dataset.Set(DicomTag.PatientComments, "Synthetic image data made by a program; shows no person.");
    }

    private static void AddPixelFormat(DicomDataset dataset, HeadPhantom phantom)
    {
        dataset.Set(DicomTag.SliceThickness, Decimal(phantom.SliceSpacing));
        dataset.Set(DicomTag.SpacingBetweenSlices, Decimal(phantom.SliceSpacing));
        dataset.Set(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        dataset.Set(DicomTag.PixelSpacing, Decimal(phantom.PixelSpacing), Decimal(phantom.PixelSpacing));
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, phantom.Options.Size);
        dataset.Set(DicomTag.Columns, phantom.Options.Size);
        dataset.Set(DicomTag.BitsAllocated, 16);
        dataset.Set(DicomTag.BitsStored, 12);
        dataset.Set(DicomTag.HighBit, 11);
        dataset.Set(DicomTag.PixelRepresentation, 0);
        dataset.Set(DicomTag.WindowCenter, "1100");
        dataset.Set(DicomTag.WindowWidth, "2200");
    }

    private static (string[] Scanning, string Sequence, double Echo, double Repetition, double Inversion) Protocol(PhantomContrast contrast) => contrast switch
    {
        PhantomContrast.T1Contrast => (["SE"], "T1 with contrast", 12, 600, 0),
        PhantomContrast.T1 => (["SE"], "T1", 12, 600, 0),
        PhantomContrast.T2 => (["SE"], "T2", 100, 5000, 0),
        PhantomContrast.Flair => (["SE", "IR"], "T2 FLAIR", 120, 9000, 2500),
        _ => (["SE"], "PD", 20, 3000, 0),
    };

    private static string Decimal(double value) => Math.Round(value, 5).ToString("0.#####", CultureInfo.InvariantCulture);

    /// <summary>A name-based UID: of the phantom and what in it is named.</summary>
    public static string Uid(HeadPhantom phantom, string what)
    {
        var options = phantom.Options;
        return DicomUid.FromName(string.Create(
            CultureInfo.InvariantCulture,
            $"BrainTumorDicom phantom 1/{phantom.Class}/{phantom.Seed}/{options.Slices}/{options.Size}/{options.FieldOfView}/{options.Contrast}/{what}")).Value;
    }
}
