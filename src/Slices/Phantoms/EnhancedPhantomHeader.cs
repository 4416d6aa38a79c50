using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>What an enhanced phantom says once: the modules of the image (PS3.3 §A.36.2.3) and its shared functional groups (PS3.3 §A.36.2.4).</summary>
internal static class EnhancedPhantomHeader
{
    // Of the single-frame image only; the shared groups hold what of them an enhanced one has.
    private static readonly DicomTag[] Classic =
    [
        DicomTag.ScanningSequence, DicomTag.SequenceVariant, DicomTag.ScanOptions, DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength,
        DicomTag.InversionTime, DicomTag.ContrastBolusAgent, DicomTag.SliceThickness, DicomTag.SpacingBetweenSlices, DicomTag.ImageOrientationPatient,
        DicomTag.PixelSpacing, DicomTag.WindowCenter, DicomTag.WindowWidth, DicomTag.AcquisitionDate, DicomTag.AcquisitionTime,
    ];

    /// <summary>The data set without frames and pixels.</summary>
    public static DicomDataset OfImage(HeadPhantom phantom)
    {
        var classic = PhantomHeader.OfSeries(phantom);
        var contrast = AcquisitionContrast(phantom.Options.Contrast);
        var dataset = classic.Clone();
        foreach (var tag in Classic)
        {
            dataset.Remove(tag);
        }

        dataset.Set(DicomTag.SOPClassUID, DicomUid.EnhancedMRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, PhantomHeader.Uid(phantom, "enhanced"));
        dataset.Set(DicomTag.SeriesInstanceUID, PhantomHeader.Uid(phantom, "enhanced-series"));
        dataset.Set(DicomTag.InstanceNumber, 1);
        dataset.Set(DicomTag.NumberOfFrames, phantom.Options.Slices);
        dataset.Set(DicomTag.DeviceSerialNumber, "1");
        dataset.Set(DicomTag.SoftwareVersions, "1");
        AddImage(dataset, contrast);
        AddPulseSequence(dataset, phantom.Options.Contrast);
        AddDimensions(dataset, PhantomHeader.Uid(phantom, "dimensions"));
        if (classic.Contains(DicomTag.ContrastBolusAgent))
        {
            AddAgent(dataset);
        }

        dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, Shared(classic, contrast));
        return dataset;
    }

    private static void AddImage(DicomDataset dataset, string contrast)
    {
        dataset.Set(DicomTag.ImageType, "ORIGINAL", "PRIMARY", contrast, "NONE");
        dataset.Set(DicomTag.AcquisitionDateTime, "20260101120000");
        dataset.Set(DicomTag.AcquisitionDuration, 60.0);
        dataset.Set(DicomTag.AcquisitionNumber, 1);
        AddKind(dataset, contrast);
        dataset.Set(DicomTag.ContentQualification, "RESEARCH");
        dataset.Set(DicomTag.ResonantNucleus, "1H");
        dataset.Set(DicomTag.KSpaceFiltering, "NONE");
        dataset.Set(DicomTag.MagneticFieldStrength, 1.5);
        dataset.Set(DicomTag.ApplicableSafetyStandardAgency, "IEC");
        dataset.Set(DicomTag.BurnedInAnnotation, "NO");
        dataset.Set(DicomTag.LossyImageCompression, "00");
        dataset.Set(DicomTag.PresentationLUTShape, "IDENTITY");
        dataset.SetEmpty(DicomTag.AcquisitionContextSequence);
    }

    // The Image Description macro (PS3.3 §C.8.13.3.1) stands in the image and in each frame's type.
    private static void AddKind(DicomDataset dataset, string contrast)
    {
        dataset.Set(DicomTag.PixelPresentation, "MONOCHROME");
        dataset.Set(DicomTag.VolumetricProperties, "VOLUME");
        dataset.Set(DicomTag.VolumeBasedCalculationTechnique, "NONE");
        dataset.Set(DicomTag.ComplexImageComponent, "MAGNITUDE");
        dataset.Set(DicomTag.AcquisitionContrast, contrast);
    }

    private static void AddPulseSequence(DicomDataset dataset, PhantomContrast contrast)
    {
        dataset.Set(DicomTag.PulseSequenceName, contrast == PhantomContrast.Flair ? "IRSE" : "SE");
        dataset.Set(DicomTag.EchoPulseSequence, "SPIN");
        foreach (var tag in (ReadOnlySpan<DicomTag>)[DicomTag.MultipleSpinEcho, DicomTag.MultiPlanarExcitation, DicomTag.PhaseContrast, DicomTag.TimeOfFlightContrast,
            DicomTag.EchoPlanarPulseSequence, DicomTag.SaturationRecovery])
        {
            dataset.Set(tag, "NO");
        }

        dataset.Set(DicomTag.SteadyStatePulseSequence, "NONE");
        dataset.Set(DicomTag.SpectrallySelectedSuppression, "NONE");
        dataset.Set(DicomTag.OversamplingPhase, "NONE");
        dataset.Set(DicomTag.GeometryOfKSpaceTraversal, "RECTILINEAR");
        dataset.Set(DicomTag.RectilinearPhaseEncodeReordering, "LINEAR");
        dataset.Set(DicomTag.SegmentedKSpaceTraversal, "SINGLE");
        dataset.Set(DicomTag.NumberOfKSpaceTrajectories, 1);
    }

    private static void AddDimensions(DicomDataset dataset, string uid)
    {
        var organization = new DicomDataset();
        organization.Set(DicomTag.DimensionOrganizationUID, uid);
        dataset.SetSequence(DicomTag.DimensionOrganizationSequence, organization);
        dataset.SetSequence(DicomTag.DimensionIndexSequence, Index(DicomTag.StackID), Index(DicomTag.InStackPositionNumber));

        DicomDataset Index(DicomTag pointer)
        {
            var index = new DicomDataset();
            index.Set(DicomTag.DimensionOrganizationUID, uid);
            index.SetBytes(DicomTag.DimensionIndexPointer, DicomVr.AT, Pointer(pointer));
            index.SetBytes(DicomTag.FunctionalGroupPointer, DicomVr.AT, Pointer(DicomTag.FrameContentSequence));
            return index;
        }
    }

    private static byte[] Pointer(DicomTag tag) => [(byte)tag.Group, (byte)(tag.Group >> 8), (byte)tag.Element, (byte)(tag.Element >> 8)];

    private static void AddAgent(DicomDataset dataset)
    {
        var agent = Code("SYNTHETIC", "99BTD", "Synthetic agent");
        agent.Set(DicomTag.ContrastBolusAgentNumber, 1);
        agent.SetSequence(DicomTag.ContrastBolusAdministrationRouteSequence, Code("47625008", "SCT", "Intravenous route"));
        agent.SetSequence(DicomTag.ContrastBolusIngredientCodeSequence, Code("SYNTHETIC", "99BTD", "Synthetic agent"));
        agent.SetEmpty(DicomTag.ContrastBolusVolume);
        agent.SetEmpty(DicomTag.ContrastBolusIngredientConcentration);
        dataset.SetSequence(DicomTag.ContrastBolusAgentSequence, agent);
    }

    private static DicomDataset Shared(DicomDataset classic, string contrast)
    {
        var shared = EnhancedPhantomScan.Groups(classic);
        shared.SetSequence(DicomTag.PixelMeasuresSequence, Copy(classic, DicomTag.PixelSpacing, DicomTag.SliceThickness, DicomTag.SpacingBetweenSlices));
        shared.SetSequence(DicomTag.PlaneOrientationSequence, Copy(classic, DicomTag.ImageOrientationPatient));
        shared.SetSequence(DicomTag.FrameVOILUTSequence, Copy(classic, DicomTag.WindowCenter, DicomTag.WindowWidth));
        if (classic.Contains(DicomTag.ContrastBolusAgent))
        {
            var usage = new DicomDataset();
            usage.Set(DicomTag.ContrastBolusAgentNumber, 1);
            usage.Set(DicomTag.ContrastBolusAgentAdministered, "YES");
            usage.Set(DicomTag.ContrastBolusAgentDetected, "YES");
            usage.Set(DicomTag.ContrastBolusAgentPhase, "IMMEDIATE");
            shared.SetSequence(DicomTag.ContrastBolusUsageSequence, usage);
        }

        var anatomy = new DicomDataset();
        anatomy.Set(DicomTag.FrameLaterality, "U");
        anatomy.SetSequence(DicomTag.AnatomicRegionSequence, Code("12738006", "SCT", "Brain"));
        shared.SetSequence(DicomTag.FrameAnatomySequence, anatomy);

        var rescale = new DicomDataset();
        rescale.Set(DicomTag.RescaleIntercept, 0);
        rescale.Set(DicomTag.RescaleSlope, 1);
        rescale.Set(DicomTag.RescaleType, "US");
        shared.SetSequence(DicomTag.PixelValueTransformationSequence, rescale);

        var type = new DicomDataset();
        type.Set(DicomTag.FrameType, "ORIGINAL", "PRIMARY", contrast, "NONE");
        AddKind(type, contrast);
        shared.SetSequence(DicomTag.MRImageFrameTypeSequence, type);
        return shared;
    }

    private static DicomDataset Copy(DicomDataset from, params ReadOnlySpan<DicomTag> tags)
    {
        var copy = new DicomDataset();
        foreach (var tag in tags)
        {
            copy.Set(tag, [.. from.GetStrings(tag)]);
        }

        return copy;
    }

    private static DicomDataset Code(string value, string scheme, string meaning)
    {
        var code = new DicomDataset();
        code.Set(DicomTag.CodeValue, value);
        code.Set(DicomTag.CodingSchemeDesignator, scheme);
        code.Set(DicomTag.CodeMeaning, meaning);
        return code;
    }

    private static string AcquisitionContrast(PhantomContrast contrast) => contrast switch
    {
        PhantomContrast.T1Contrast or PhantomContrast.T1 => "T1",
        PhantomContrast.T2 => "T2",
        PhantomContrast.Flair => "FLUID_ATTENUATED",
        _ => "PROTON_DENSITY",
    };
}
