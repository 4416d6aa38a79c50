using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Journal;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Tells results of this program, made here or by another installation, from what is to be analysed: archives route everything that is
/// new in a study, and a result that opened a revision would be answered with the next result, for ever.
/// </summary>
/// <remarks>By General Equipment (PS3.3 §C.7.5.1). What an archive has changed there is told by its SOP Instance UID, in the ledger.</remarks>
internal static class OwnResult
{
    /// <summary>Whether a stored data set is one.</summary>
    public static bool Is(DataSetIndex found) => OwnEquipment.Is(found.Manufacturer, found.ManufacturerModelName);

    /// <summary>Whether a record read back from the journal is one.</summary>
    public static bool Is(JournalEntry entry, JournalReader reader)
    {
        // Of what is analysed only parametric maps have the modality of images; only those few are read.
        if (entry.Header.Modality is not ("SR" or "OT" or "DOC" or "KO" or "") && entry.Header.SopClassUid != DicomUid.ParametricMapStorage.Value)
        {
            return false;
        }

        try
        {
            var dataset = DicomFile.ReadHeader(reader.ReadObject(entry.Segment, entry.Offset)).Dataset;
            return OwnEquipment.Is(dataset.GetString(DicomTag.Manufacturer) ?? "", dataset.GetString(DicomTag.ManufacturerModelName) ?? "");
        }
        catch (Exception error) when (error is DicomException or IOException or InvalidDataException)
        {
            // The analysis says what it cannot read.
            return false;
        }
    }
}
