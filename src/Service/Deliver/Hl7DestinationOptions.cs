using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One receiver of HL7 v2 messages over MLLP.</summary>
internal sealed class Hl7DestinationOptions
{
    /// <summary>Host name or address.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>TCP port. Default 2575, the registered one.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 2575;

    /// <summary>Receiving Application (MSH-5). Default empty.</summary>
    public string Application { get; set; } = "";

    /// <summary>Receiving Facility (MSH-6). Default empty.</summary>
    public string Facility { get; set; } = "";

    /// <summary>TLS. Default not.</summary>
    [ValidateObjectMembers]
    public DestinationTlsOptions Tls { get; set; } = new();
}
