using System.Collections.Immutable;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Modules;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;
using static BrainTumorDicom.Reports.StructuredReport.Relationship;

namespace BrainTumorDicom.Reports.KeyObjects;

/// <summary>Writes the key slices as a Key Object Selection (PS3.3 §A.35.4, PS3.16 TID 2010). Optional: many archives show it as a radiologist's mark.</summary>
public static class KeyObjectWriter
{
    /// <summary>Writes it.</summary>
    /// <returns><see langword="null"/> when the finding has no key slices: a selection of nothing is not allowed.</returns>
    public static DicomFile? Write(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var finding = request.Finding;
        var slices = KeySlices.Of(finding);
        if (slices.IsEmpty)
        {
            return null;
        }

        var source = SourceStudy.Read(request.SourceHeader);
        var uid = ReportIdentity.Instance(finding.StudyInstanceUid, finding.Model, ReportSeries.KeyObjects, request.Revision);
        var dataset = ReportModules.Begin(request, source, DicomUid.KeyObjectSelectionDocumentStorage, uid);
        ReportModules.WriteSeries(request, ReportSeries.KeyObjects, dataset);
        dataset.SetEmpty(DicomTag.ReferencedPerformedProcedureStepSequence);
        dataset.Set(DicomTag.InstanceNumber, request.Revision);
        ReportModules.WriteContentTime(request, source, dataset);
        ReportModules.WriteRequest(source, ReportIdentity.Writable(finding.StudyInstanceUid), dataset);
        var tree = Tree(request, [.. slices.SelectMany(slice => SourceImages.Of([slice]))]);
        ContentItemEncoder.Encode(tree, dataset);
        EvidenceSequence.Write(tree, finding, dataset);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    private static ContainerItem Tree(ReportRequest request, ImmutableArray<ImageReference> images) =>
        new("", ReportCodes.ForResearch, "2010")
        {
            Children =
            [
                new CodeItem(HasConceptModifier, ReportCodes.Language, ReportCodes.EnglishUnitedStates),
                .. DeviceObserver.Items(request),
                new TextItem(Contains, ReportCodes.KeyObjectDescription, $"AI-selected, research use only. {SafetyText.Short}. {Narrative.Answer(request.Finding)}"),
                .. images.Select(image => new ImageItem(Contains, null, image)),
            ],
        };
}
