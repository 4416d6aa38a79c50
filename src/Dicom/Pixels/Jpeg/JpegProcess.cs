namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>How a frame is coded, by its marker (T.81 table B.1). All with Huffman codes.</summary>
internal enum JpegProcess
{
    /// <summary>SOF0: baseline DCT, process 1 of PS3.5 §8.2.1.</summary>
    Baseline = 0xC0,

    /// <summary>SOF1: extended sequential DCT, processes 2 and 4.</summary>
    Extended = 0xC1,

    /// <summary>SOF2: progressive DCT. Not of DICOM any more, but of image files.</summary>
    Progressive = 0xC2,

    /// <summary>SOF3: lossless, process 14.</summary>
    Lossless = 0xC3,
}
