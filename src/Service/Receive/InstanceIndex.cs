namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Which instances are stored, in memory, so that no database stands between a sender and its response; and who is storing which
/// one now, so that two senders of the same instance take turns.
/// </summary>
/// <remarks>
/// About 100 bytes an instance. Above <paramref name="limit"/> the ones stored first leave memory, and from then on a UID that is
/// not in memory costs one read of the ledger. The limit must be well above the number of instances on their way to the ledger.
/// </remarks>
/// <param name="limit">Most SOP Instance UIDs in memory.</param>
/// <param name="findStored">Reads the versions of one UID from the ledger.</param>
internal sealed class InstanceIndex(int limit, Func<string, IReadOnlyList<StoredVersion>> findStored)
{
    private readonly Lock gate = new();
    private readonly Dictionary<InstanceKey, StoredVersion> first = [];
    private readonly Dictionary<InstanceKey, List<StoredVersion>> others = [];
    private readonly Queue<InstanceKey> order = [];
    private readonly Dictionary<InstanceKey, TaskCompletionSource?> claims = [];
    private bool complete = true;

    /// <summary>How many SOP Instance UIDs are in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return first.Count;
            }
        }
    }

    /// <summary>Says that the ledger has instances which were never loaded here.</summary>
    public void MarkIncomplete()
    {
        lock (gate)
        {
            complete = false;
        }
    }

    /// <summary>Adds what the ledger has, at start, in the order of arrival.</summary>
    public void Add(string sopInstanceUid, StoredVersion version)
    {
        var key = InstanceKey.Of(sopInstanceUid);
        if (version.Variant == 0 || IsInMemory(key))
        {
            Add(key, version);
        }
    }

    /// <summary>
    /// Takes the sole right to store under <paramref name="sopInstanceUid"/>, waiting for whoever has it. Disposing the claim gives it back.
    /// </summary>
    public async ValueTask<Claim> ClaimAsync(string sopInstanceUid, CancellationToken cancellationToken)
    {
        var key = InstanceKey.Of(sopInstanceUid);
        while (true)
        {
            Task taken;
            lock (gate)
            {
                if (claims.TryAdd(key, null))
                {
                    break;
                }

                taken = (claims[key] ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await taken.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new Claim(this, key, Versions(key, sopInstanceUid));
    }

    /// <summary>Forgets what a segment held that retention removes: it counts as never stored.</summary>
    public void Forget(string sopInstanceUid, long segment)
    {
        var key = InstanceKey.Of(sopInstanceUid);
        lock (gate)
        {
            if (!first.Remove(key, out var version))
            {
                return;
            }

            _ = others.Remove(key, out var more);
            foreach (var kept in ((StoredVersion[])[version, .. more ?? []]).Where(one => one.Segment != segment))
            {
                // Its place in the order of leaving memory is still there.
                if (!first.TryAdd(key, kept))
                {
                    (others.TryGetValue(key, out var rest) ? rest : others[key] = []).Add(kept);
                }
            }
        }
    }

    private IReadOnlyList<StoredVersion> Versions(InstanceKey key, string sopInstanceUid)
    {
        lock (gate)
        {
            if (first.TryGetValue(key, out var version))
            {
                return others.TryGetValue(key, out var more) ? [version, .. more] : [version];
            }

            if (complete)
            {
                return [];
            }
        }

        return findStored(sopInstanceUid);
    }

    private void Add(InstanceKey key, StoredVersion version)
    {
        lock (gate)
        {
            if (first.TryAdd(key, version))
            {
                order.Enqueue(key);
                while (first.Count > limit)
                {
                    var oldest = order.Dequeue();
                    first.Remove(oldest);
                    others.Remove(oldest);
                    complete = false;
                }
            }
            else
            {
                (others.TryGetValue(key, out var more) ? more : others[key] = []).Add(version);
            }
        }
    }

    private bool IsInMemory(InstanceKey key)
    {
        lock (gate)
        {
            return first.ContainsKey(key);
        }
    }

    private void Release(InstanceKey key)
    {
        TaskCompletionSource? waiters;
        lock (gate)
        {
            claims.Remove(key, out waiters);
        }

        waiters?.SetResult();
    }

    /// <summary>The sole right to store under one SOP Instance UID.</summary>
    internal sealed class Claim(InstanceIndex index, InstanceKey key, IReadOnlyList<StoredVersion> versions) : IDisposable
    {
        private bool released;

        /// <summary>What is stored under the UID, the first content first.</summary>
        public IReadOnlyList<StoredVersion> Versions => versions;

        /// <summary>Notes what was stored now.</summary>
        public void Add(StoredVersion version)
        {
            // A UID whose older versions have left memory stays out of it, or its first version would be forgotten.
            if (versions.Count == 0 || index.IsInMemory(key))
            {
                index.Add(key, version);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!released)
            {
                released = true;
                index.Release(key);
            }
        }
    }
}
