using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>A key slice with its pixels, read again from its source.</summary>
/// <param name="Slice">The slice of the finding.</param>
/// <param name="Rank">From 1, strongest first.</param>
/// <param name="Header">The source instance.</param>
/// <param name="Frame">What the source says of the frame.</param>
/// <param name="Pixels">The slice.</param>
public sealed record KeyImage(SliceFinding Slice, int Rank, DicomDataset Header, FrameAttributes Frame, SlicePixels Pixels);
