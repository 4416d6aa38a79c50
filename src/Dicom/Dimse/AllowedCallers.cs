using System.Net;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The rules of who may call. Without a rule only this machine may: nobody else was let in knowingly.</summary>
internal sealed class AllowedCallers(IReadOnlyList<CallerRule> rules)
{
    /// <summary>Whether a connection from this address may ask for an association.</summary>
    internal bool MayConnect(IPAddress address) =>
        rules.Count == 0 ? IPAddress.IsLoopback(CallerRule.Plain(address)) : rules.Any(rule => rule.Covers(address));

    /// <summary>Whether this title may call from this address.</summary>
    internal bool MayCall(AeTitle caller, IPAddress address) =>
        rules.Count == 0 ? MayConnect(address) : rules.Any(rule => rule.Allows(caller, address));
}
