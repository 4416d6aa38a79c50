using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Where an instance can be read, as often as needed: a file, or a place in the journal.</summary>
/// <param name="Location">For people and logs.</param>
/// <param name="Read">Reads it whole. May throw what files and damaged data sets throw.</param>
/// <param name="ReadHeader">Reads it up to the pixels, where that is cheaper, or works when the pixels are damaged; else <paramref name="Read"/> is used.</param>
public sealed record InstanceSource(string Location, Func<DicomFile> Read, Func<DicomFile>? ReadHeader = null);
