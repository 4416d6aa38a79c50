using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The SOP classes of the Storage service (PS3.4 §B.5), from the registry of PS3.6.</summary>
public static class StorageSopClasses
{
    private static readonly Lazy<IReadOnlyList<string>> Found = new(() =>
    [
        .. DicomUidDictionary.All
            .Where(entry => entry.Type == "SOP Class"
                && entry.Keyword.Contains("Storage", StringComparison.Ordinal)
                && !entry.Keyword.StartsWith("StorageCommitment", StringComparison.Ordinal)
                && entry.Uid != DicomUid.MediaStorageDirectoryStorage.Value)
            .Select(entry => entry.Uid)
            .Order(StringComparer.Ordinal),
    ]);

    /// <summary>Their UIDs, retired ones included: an old archive still sends them.</summary>
    public static IReadOnlyList<string> All => Found.Value;
}
