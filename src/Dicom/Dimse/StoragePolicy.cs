using System.Collections.Frozen;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Which SOP classes and transfer syntaxes are taken, by whatever way they come.</summary>
/// <param name="options">What says so.</param>
public sealed class StoragePolicy(DicomServerOptions options)
{
    private readonly FrozenSet<string> sopClasses = options.AcceptedSopClasses.ToFrozenSet();
    private readonly FrozenSet<string> transferSyntaxes = options.AcceptedTransferSyntaxes.ToFrozenSet();
    private readonly FrozenDictionary<string, SopClassPolicy> policies = options.SopClassPolicies.ToFrozenDictionary(policy => policy.SopClassUid);

    /// <summary>Whether a SOP class is taken.</summary>
    public bool Takes(string sopClass) =>
        sopClass == DicomUid.Verification.Value
        || (policies.TryGetValue(sopClass, out var named) ? named.Accept : sopClasses.Contains(sopClass) && Policy(sopClass)?.Accept != false);

    /// <summary>
    /// The first of <paramref name="proposed"/> that can be decoded; where a policy lists syntaxes, of those, and the first of them that
    /// cannot be decoded only where nothing else is proposed.
    /// </summary>
    public string? Choose(string sopClass, IReadOnlyList<string> proposed)
    {
        var policy = Policy(sopClass);
        var all = policy is null || policy.TransferSyntaxes.Count == 0;
        return proposed.FirstOrDefault(syntax => transferSyntaxes.Contains(syntax) && (all || policy!.TransferSyntaxes.Contains(syntax)))
            ?? (all ? null : proposed.FirstOrDefault(syntax => policy!.TransferSyntaxes.Contains(syntax)));
    }

    private SopClassPolicy? Policy(string sopClass) => policies.GetValueOrDefault(sopClass) ?? policies.GetValueOrDefault(SopClassPolicy.AnyOther);
}
