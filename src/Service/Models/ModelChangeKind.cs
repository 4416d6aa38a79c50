namespace BrainTumorDicom.Service.Models;

/// <summary>How another model came to be in use.</summary>
public enum ModelChangeKind
{
    /// <summary>A candidate was put in place.</summary>
    Promoted,

    /// <summary>The model before the last promotion was put back.</summary>
    RolledBack,
}
