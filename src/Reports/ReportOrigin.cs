namespace BrainTumorDicom.Reports;

/// <summary>Who sends the reports: the installation, as General Equipment (PS3.3 §C.7.5.1) and the FHIR gateway device name it.</summary>
/// <param name="AeTitle">AE title of the service; becomes Station Name.</param>
/// <param name="InstitutionName">The site, or an empty string.</param>
/// <param name="DeviceSerialNumber">Serial number of this installation; stays the same over restarts.</param>
/// <param name="SoftwareVersion">Version of the program.</param>
/// <param name="SeriesNumber">Series Number of the report series. Default 9001: after everything a scanner makes.</param>
public sealed record ReportOrigin(
    string AeTitle,
    string InstitutionName,
    string DeviceSerialNumber,
    string SoftwareVersion,
    int SeriesNumber = 9001);
