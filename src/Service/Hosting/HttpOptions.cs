using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The port for people and monitors: <c>/health</c> and <c>/api/studies</c>. Section <c>Http</c>.</summary>
internal sealed class HttpOptions
{
    /// <summary>Address and port, such as <c>127.0.0.1:8080</c> or <c>[::1]:0</c> (0 is any free port). Default <c>127.0.0.1:8080</c>: this machine only.</summary>
    public string Address { get; set; } = "127.0.0.1:8080";
}

/// <summary>Checks <see cref="HttpOptions"/> before a port opens.</summary>
internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options) =>
        EndPointText.TryParse(options.Address, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Address is '{options.Address}', not ADDRESS:PORT such as 127.0.0.1:8080.");
}
