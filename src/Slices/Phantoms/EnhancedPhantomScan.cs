using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>The functional groups of an invented acquisition (PS3.3 §C.8.13.5): an ORIGINAL image must have them.</summary>
internal static class EnhancedPhantomScan
{
    /// <summary>Timing, geometry, echo, modifiers, coils and averages.</summary>
    /// <param name="classic">The header of the single-frame series, for its timing.</param>
    public static DicomDataset Groups(DicomDataset classic)
    {
        var groups = new DicomDataset();
        groups.SetSequence(DicomTag.MRTimingAndRelatedParametersSequence, Timing(classic));
        groups.SetSequence(DicomTag.MRFOVGeometrySequence, Geometry(classic));
        groups.SetSequence(DicomTag.MREchoSequence, Item(echo => echo.Set(DicomTag.EffectiveEchoTime, classic.GetDouble(DicomTag.EchoTime) ?? 0)));
        groups.SetSequence(DicomTag.MRModifierSequence, Modifier(classic));
        groups.SetSequence(DicomTag.MRImagingModifierSequence, Item(modifier =>
        {
            modifier.Set(DicomTag.MagnetizationTransfer, "NONE");
            modifier.Set(DicomTag.BloodSignalNulling, "NO");
            modifier.Set(DicomTag.Tagging, "NONE");
            modifier.Set(DicomTag.TransmitterFrequency, 63.87);
            modifier.Set(DicomTag.PixelBandwidth, 130.0);
        }));
        groups.SetSequence(DicomTag.MRReceiveCoilSequence, Item(coil =>
        {
            coil.Set(DicomTag.ReceiveCoilName, "SYNTHETIC");
            coil.SetEmpty(DicomTag.ReceiveCoilManufacturerName);
            coil.Set(DicomTag.ReceiveCoilType, "VOLUME");
            coil.Set(DicomTag.QuadratureReceiveCoil, "YES");
        }));
        groups.SetSequence(DicomTag.MRTransmitCoilSequence, Item(coil =>
        {
            coil.Set(DicomTag.TransmitCoilName, "SYNTHETIC");
            coil.SetEmpty(DicomTag.TransmitCoilManufacturerName);
            coil.Set(DicomTag.TransmitCoilType, "BODY");
        }));
        groups.SetSequence(DicomTag.MRAveragesSequence, Item(averages => averages.Set(DicomTag.NumberOfAverages, 1)));
        return groups;
    }

    private static DicomDataset Timing(DicomDataset classic) => Item(timing =>
    {
        timing.Set(DicomTag.RepetitionTime, classic.GetDouble(DicomTag.RepetitionTime) ?? 0);
        timing.Set(DicomTag.FlipAngle, 90);
        timing.Set(DicomTag.EchoTrainLength, 1);
        timing.Set(DicomTag.RFEchoTrainLength, 1);
        timing.Set(DicomTag.GradientEchoTrainLength, 0);
        timing.Set(DicomTag.GradientOutputType, "DB_DT");
        timing.Set(DicomTag.GradientOutput, 0.0);
        timing.SetSequence(DicomTag.SpecificAbsorptionRateSequence, Item(rate =>
        {
            rate.Set(DicomTag.SpecificAbsorptionRateDefinition, "IEC_HEAD");
            rate.Set(DicomTag.SpecificAbsorptionRateValue, 0.0);
        }));
        timing.SetSequence(DicomTag.OperatingModeSequence, Mode("STATIC FIELD"), Mode("RF"), Mode("GRADIENT"));
    });

    private static DicomDataset Geometry(DicomDataset classic)
    {
        var size = classic.GetInt32(DicomTag.Rows) ?? 1;
        return Item(geometry =>
        {
            geometry.Set(DicomTag.InPlanePhaseEncodingDirection, "ROW");
            geometry.Set(DicomTag.MRAcquisitionFrequencyEncodingSteps, size);
            geometry.Set(DicomTag.MRAcquisitionPhaseEncodingStepsInPlane, size);
            geometry.Set(DicomTag.PercentSampling, 100);
            geometry.Set(DicomTag.PercentPhaseFieldOfView, 100);
        });
    }

    private static DicomDataset Modifier(DicomDataset classic) => Item(modifier =>
    {
        modifier.Set(DicomTag.InversionRecovery, classic.Contains(DicomTag.InversionTime) ? "YES" : "NO");
        if (classic.GetDouble(DicomTag.InversionTime) is { } inversion)
        {
            modifier.Set(DicomTag.InversionTimes, inversion);
        }

        foreach (var tag in (ReadOnlySpan<DicomTag>)[DicomTag.FlowCompensation, DicomTag.Spoiling, DicomTag.SpectrallySelectedExcitation, DicomTag.SpatialPresaturation])
        {
            modifier.Set(tag, "NONE");
        }

        foreach (var tag in (ReadOnlySpan<DicomTag>)[DicomTag.T2Preparation, DicomTag.PartialFourier, DicomTag.ParallelAcquisition])
        {
            modifier.Set(tag, "NO");
        }
    });

    private static DicomDataset Mode(string type) => Item(mode =>
    {
        mode.Set(DicomTag.OperatingModeType, type);
        mode.Set(DicomTag.OperatingMode, "IEC_NORMAL");
    });

    private static DicomDataset Item(Action<DicomDataset> fill)
    {
        var item = new DicomDataset();
        fill(item);
        return item;
    }
}
