using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Reads a UID that a person wrote: the identifier, or its keyword in PS3.6.</summary>
internal static class UidText
{
    /// <summary>The identifier, or <see langword="null"/> where <paramref name="text"/> is neither.</summary>
    public static string? Find(string text) =>
        DicomUid.TryParse(text, out var uid)
            ? uid.Value
            : DicomUidDictionary.All.FirstOrDefault(entry => string.Equals(entry.Keyword, text, StringComparison.OrdinalIgnoreCase))?.Uid;
}
