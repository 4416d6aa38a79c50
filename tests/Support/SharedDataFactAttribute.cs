using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace BrainTumorDicom.Support;

/// <summary>A heavier check on public data that is not part of the project (<c>../shared/data</c>). Skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute, ITraitAttribute
{
    /// <summary>Needs <paramref name="folder"/> under <c>../shared/data</c>, and <paramref name="commands"/> on the PATH.</summary>
    public SharedDataFactAttribute(
        string folder, string commands = "", [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var missing = commands.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(command => PeerTools.Find(command) is null);
        Skip = SharedData.Find(folder) is null ? $"no ../shared/data/{folder} here"
            : missing is not null ? $"peer not installed: {missing}"
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "SharedData")];
}
