namespace BrainTumorDicom.Training.Data;

/// <summary>Where a training slice comes from.</summary>
public enum SampleOrigin
{
    /// <summary>The main set.</summary>
    Main,

    /// <summary>A further set (<c>--also</c>), such as whole volumes.</summary>
    Also,

    /// <summary>A synthetic head.</summary>
    Phantom,

    /// <summary>A whole head without tumour (<c>--volumes</c>).</summary>
    Volume,

    /// <summary>A slice of the main set without tumour once more, to put a tumour into.</summary>
    Host,
}
