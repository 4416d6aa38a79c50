using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Instances held open while their frames are read one by one.</summary>
/// <remarks>
/// Frames come in the order of their positions, which runs to and fro between the parts of a concatenation: the last few instances
/// stay open, so that none is read again for each frame.
/// </remarks>
internal sealed class OpenInstances(IReadOnlyList<InstanceSource> sources)
{
    // Parts of a concatenation; each is held as it was sent, compressed or not.
    private const int MostOpen = 4;

    private readonly List<(int Source, DicomFile File, PixelFrames Frames)> open = new(MostOpen + 1);

    /// <summary>Reads one frame.</summary>
    /// <param name="source">Index of the instance among the sources.</param>
    /// <param name="frame">From 0.</param>
    public SlicePixels Read(int source, int frame)
    {
        var at = open.FindIndex(one => one.Source == source);
        if (at < 0)
        {
            var file = sources[source].Read();
            open.Add((source, file, PixelFrames.Open(file)));
            if (open.Count > MostOpen)
            {
                open.RemoveAt(0);
            }
        }
        else if (at < open.Count - 1)
        {
            // The one used last is given up last.
            open.Add(open[at]);
            open.RemoveAt(at);
        }

        var (_, opened, frames) = open[^1];
        return DicomSlices.Read(opened, frames, frame);
    }
}
