using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports;

/// <summary>What a report is written from. The same request gives the same bytes.</summary>
/// <param name="Finding">What the algorithm said.</param>
/// <param name="SourceHeader">One source instance of the study: its patient, study and order attributes are carried over. May be empty or malformed.</param>
/// <param name="Revision">1 for the first report of the study, then counting up.</param>
/// <param name="Created">When the report is made.</param>
/// <param name="Origin">Who sends it.</param>
/// <param name="PredecessorRevision">The revision that this report follows on, or <see langword="null"/> for none. Not always the one before: a revision that another overtook was never reported.</param>
/// <param name="PredecessorModel">The model of that revision, where it was another; its identifiers follow from it.</param>
public sealed record ReportRequest(
    Finding Finding,
    DicomDataset SourceHeader,
    int Revision,
    DateTimeOffset Created,
    ReportOrigin Origin,
    int? PredecessorRevision = null,
    ModelIdentity? PredecessorModel = null)
{
    /// <summary>Whether a study in which the algorithm suggests a tumour is to be told first (<c>Triage</c>). Default no.</summary>
    public bool Triage { get; init; }
}
