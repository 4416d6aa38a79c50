using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Reads stored instances back from the journal, each checked against its checksum.</summary>
/// <param name="reader">Reads the records.</param>
/// <param name="damages">Hears of those that are damaged; may be <see langword="null"/>.</param>
internal sealed class InstanceStore(JournalReader reader, DamageNotes? damages = null)
{
    /// <summary>The instances to analyse: of each SOP Instance UID the first content, in order of arrival.</summary>
    public static IReadOnlyList<InstanceRow> FirstContents(IEnumerable<InstanceRow> instances) =>
        instances.GroupBy(instance => instance.SopInstanceUid, StringComparer.Ordinal)
            .Select(contents => contents.MinBy(content => content.Variant)!)
            .OrderBy(instance => instance.Id)
            .ToList();

    /// <summary>Where an instance is, for people and logs.</summary>
    public static string Location(InstanceRow instance) => $"{instance.SopInstanceUid} (journal segment {instance.Segment}, byte {instance.Offset})";

    /// <summary>The instances as an analysis takes them.</summary>
    public IReadOnlyList<InstanceSource> Sources(IReadOnlyList<InstanceRow> instances) =>
        [.. instances.Select(instance => new InstanceSource(Location(instance), () => Read(instance), () => ReadHeader(instance)))];

    /// <summary>Reads an instance whole.</summary>
    /// <exception cref="Dicom.DicomFormatException">Its data set breaks PS3.5.</exception>
    /// <exception cref="InvalidDataException">Its record is damaged.</exception>
    /// <exception cref="IOException">Its segment is gone or unreadable.</exception>
    public DicomFile Read(InstanceRow instance) => DicomFile.Read(Object(instance));

    /// <summary>Reads an instance up to its pixels.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public DicomFile ReadHeader(InstanceRow instance) => DicomFile.ReadHeader(Object(instance));

    private ReadOnlyMemory<byte> Object(InstanceRow instance)
    {
        try
        {
            return reader.ReadObject(instance.Segment, instance.Offset);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            damages?.Add(instance, exception);
            throw;
        }
    }
}
