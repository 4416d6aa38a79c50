using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Current Requested Procedure Evidence Sequence (0040,A375), PS3.3 §C.17.2: every instance that the tree refers to, by study and series. Viewers open nothing that is not in it.</summary>
internal static class EvidenceSequence
{
    /// <summary>Walks the tree and writes the sequence; without references there is none (type 1C).</summary>
    public static void Write(ContentItem tree, Finding finding, DicomDataset dataset)
    {
        var referenced = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(tree, referenced);
        var series = new List<DicomDataset>();
        foreach (var each in finding.Series)
        {
            var instances = new List<DicomDataset>();
            foreach (var uid in each.Slices.Select(slice => slice.SopInstanceUid).Distinct(StringComparer.Ordinal))
            {
                // Removed once written: an instance that stands in two series is evidence once.
                if (referenced.Remove(uid, out var sopClass))
                {
                    var instance = new DicomDataset();
                    instance.Set(DicomTag.ReferencedSOPClassUID, sopClass);
                    instance.Set(DicomTag.ReferencedSOPInstanceUID, uid);
                    instances.Add(instance);
                }
            }

            if (instances.Count > 0)
            {
                var item = new DicomDataset();
                item.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Writable(each.SeriesInstanceUid));
                item.SetSequence(DicomTag.ReferencedSOPSequence, [.. instances]);
                series.Add(item);
            }
        }

        if (series.Count > 0)
        {
            var study = new DicomDataset();
            study.Set(DicomTag.StudyInstanceUID, ReportIdentity.Writable(finding.StudyInstanceUid));
            study.SetSequence(DicomTag.ReferencedSeriesSequence, [.. series]);
            dataset.SetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence, study);
        }
    }

    private static void Collect(ContentItem item, Dictionary<string, string> referenced)
    {
        if (item is ImageItem image)
        {
            referenced.TryAdd(image.Value.SopInstanceUid, image.Value.SopClassUid);
        }

        foreach (var child in item.Children)
        {
            Collect(child, referenced);
        }
    }
}
