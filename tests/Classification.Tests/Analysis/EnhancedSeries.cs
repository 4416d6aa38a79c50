using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Classification.Tests.Analysis;

/// <summary>Single-frame slices put together into one Enhanced MR image, and that image split into a concatenation.</summary>
internal static class EnhancedSeries
{
    /// <summary>One image whose frames are <paramref name="slices"/> in their order.</summary>
    /// <param name="slices">Single-frame data sets of one matrix.</param>
    /// <param name="change">Changes a frame's functional groups; the second argument is the frame from 0.</param>
    public static DicomDataset Enhanced(this DicomDataset[] slices, Action<DicomDataset, int>? change = null)
    {
        var dataset = slices[0].Clone();
        foreach (var tag in (DicomTag[])[DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing])
        {
            dataset.Remove(tag);
        }

        dataset.Set(DicomTag.SOPClassUID, DicomUid.EnhancedMRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, DicomUid.FromName($"enhanced/{slices[0].GetString(DicomTag.SOPInstanceUID)}").Value);
        dataset.Set(DicomTag.InstanceNumber, 1);
        dataset.Set(DicomTag.NumberOfFrames, slices.Length);
        var shared = new DicomDataset();
        shared.SetNumbers(DicomTag.PlaneOrientationSequence, DicomTag.ImageOrientationPatient, [.. slices[0].GetDoubles(DicomTag.ImageOrientationPatient)]);
        shared.SetNumbers(DicomTag.PixelMeasuresSequence, DicomTag.PixelSpacing, [.. slices[0].GetDoubles(DicomTag.PixelSpacing)]);
        dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, shared);
        dataset.SetSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. slices.Select((slice, frame) =>
        {
            var groups = new DicomDataset();
            groups.SetNumbers(DicomTag.PlanePositionSequence, DicomTag.ImagePositionPatient, [.. slice.GetDoubles(DicomTag.ImagePositionPatient)]);
            change?.Invoke(groups, frame);
            return groups;
        })]);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, slices.SelectMany(slice => slice.GetBytes(DicomTag.PixelData).ToArray()).ToArray());
        return dataset;
    }

    /// <summary>The parts of a concatenation with <paramref name="counts"/> frames each.</summary>
    public static DicomDataset[] Split(this DicomDataset image, params int[] counts)
    {
        var groups = image.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        var pixels = image.GetBytes(DicomTag.PixelData);
        var length = pixels.Length / groups.Count;
        var offset = 0;
        return [.. counts.Select((count, i) =>
        {
            var part = image.Clone();
            part.Set(DicomTag.SOPInstanceUID, DicomUid.FromName($"part {i}").Value);
            part.Set(DicomTag.InstanceNumber, i + 1);
            part.Set(DicomTag.ConcatenationUID, DicomUid.FromName("concatenation").Value);
            part.Set(DicomTag.SOPInstanceUIDOfConcatenationSource, image.GetString(DicomTag.SOPInstanceUID)!);
            part.Set(DicomTag.InConcatenationNumber, i + 1);
            part.Set(DicomTag.InConcatenationTotalNumber, counts.Length);
            part.Set(DicomTag.ConcatenationFrameOffsetNumber, offset);
            part.Set(DicomTag.NumberOfFrames, count);
            part.SetSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. groups.Skip(offset).Take(count).Select(group => group.Clone())]);
            part.SetBytes(DicomTag.PixelData, DicomVr.OW, pixels.Slice(offset * length, count * length));
            offset += count;
            return part;
        })];
    }

    /// <summary>Sets numbers of a functional group macro's item, which is made where it is missing.</summary>
    public static void SetNumbers(this DicomDataset groups, DicomTag macro, DicomTag tag, params double[] values) => groups.SetItem(macro, item => item.Set(tag, values));

    /// <summary>Sets text of a functional group macro's item, which is made where it is missing.</summary>
    public static void SetText(this DicomDataset groups, DicomTag macro, DicomTag tag, params string[] values) => groups.SetItem(macro, item => item.Set(tag, values));

    private static void SetItem(this DicomDataset groups, DicomTag macro, Action<DicomDataset> set)
    {
        if (groups.GetSequence(macro) is [var known, ..])
        {
            set(known);
            return;
        }

        var item = new DicomDataset();
        set(item);
        groups.SetSequence(macro, item);
    }
}
