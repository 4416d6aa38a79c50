using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Checks <see cref="ReceiveOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class ReceiveOptionsValidator : IValidateOptions<ReceiveOptions>;
