namespace BrainTumorDicom.Service.Hosting;

/// <summary>What the reports say of the installation. Section <c>Site</c>.</summary>
internal sealed class SiteOptions
{
    /// <summary>Institution Name (0008,0080) of the reports. Default empty.</summary>
    public string InstitutionName { get; set; } = "";

    /// <summary>Device Serial Number (0018,1000) of the reports. Default empty: made once and kept in the data folder.</summary>
    public string SerialNumber { get; set; } = "";
}
