namespace BrainTumorDicom.Training.Loop;

/// <summary>How the learning rate moves.</summary>
public enum ScheduleKind
{
    /// <summary>Up, then down to almost nothing, over the whole training.</summary>
    OneCycle,

    /// <summary>Reduced whenever the loss on the validation slices no longer falls.</summary>
    Plateau,

    /// <summary>Always the same.</summary>
    Constant,
}
