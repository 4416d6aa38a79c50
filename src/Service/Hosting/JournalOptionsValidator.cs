using BrainTumorDicom.Service.Journal;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Checks <see cref="JournalOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class JournalOptionsValidator : IValidateOptions<JournalOptions>;
