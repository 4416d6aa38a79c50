namespace BrainTumorDicom.Training.Loop;

/// <summary>How strongly slices are varied in all.</summary>
public enum AugmentationLevel
{
    /// <summary>Mirrored, and nothing else.</summary>
    None,

    /// <summary>Turned, magnified and shifted a little; brightness and contrast.</summary>
    Light,

    /// <summary>Also styles of other slices, bias fields, lost detail, noise, borders.</summary>
    Standard,

    /// <summary>The same, half as strong again.</summary>
    Strong,
}
