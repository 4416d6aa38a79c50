using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace BrainTumorDicom.Support;

/// <summary>A test that starts a program nobody here wrote. Skipped, with the reason, where it is not installed; <c>.ci/run</c> fails on such a skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute, ITraitAttribute
{
    /// <summary>Needs every one of <paramref name="commands"/> on the PATH (a comma list, such as <c>storescu,echoscu</c>).</summary>
    public PeerFactAttribute(string commands, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var missing = commands.Split(',', StringSplitOptions.TrimEntries).Where(command => PeerTools.Find(command) is null).ToArray();
        if (missing.Length > 0 && !PeerTools.Required)
        {
            Skip = $"peer not installed: {string.Join(", ", missing)}";
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "Peer")];
}
