namespace BrainTumorDicom.Cli;

/// <summary>What happened to one phantom of the demo.</summary>
internal enum DemoStep
{
    /// <summary>Its files are written.</summary>
    Made,

    /// <summary>The service has answered every instance with success.</summary>
    Sent,

    /// <summary>Its report came back.</summary>
    Reported,
}
