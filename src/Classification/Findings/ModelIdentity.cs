namespace BrainTumorDicom.Classification.Findings;

/// <summary>Which model gave an answer, and how it was set.</summary>
/// <param name="Name">Algorithm name, for example <c>BrainTumorDicom brain-tumor</c>.</param>
/// <param name="Version">Algorithm version.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the weights file.</param>
/// <param name="Temperature">Calibration temperature.</param>
/// <param name="ReportThreshold">Series probability from which a tumour is reported.</param>
/// <param name="ExecutionProvider">Where it ran: <c>CPU</c> or <c>CUDA</c>.</param>
public sealed record ModelIdentity(
    string Name,
    string Version,
    string Manufacturer,
    string Sha256,
    double Temperature,
    double ReportThreshold,
    string ExecutionProvider);
