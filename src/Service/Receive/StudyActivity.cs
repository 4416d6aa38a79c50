using BrainTumorDicom.Service.Journal;

namespace BrainTumorDicom.Service.Receive;

/// <summary>What is going on with one study that is coming in. Not safe for several threads; <see cref="StudyCompleteness"/> locks.</summary>
internal sealed class StudyActivity
{
    private readonly Dictionary<long, DateTimeOffset> carriers = [];
    private DateTimeOffset last;
    private DateTimeOffset interruptedAt;
    private DateTimeOffset? waitingSince;
    private SegmentOutcome? interruption;

    /// <summary>When the study will count as here if nothing more comes; <see langword="null"/> while an association carries it.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Why the transfer counts as broken off, for people; or empty.</summary>
    public string InterruptionReason => interruption switch
    {
        SegmentOutcome.Aborted => "The sender aborted the association before it was released.",
        SegmentOutcome.Lost => "The connection was lost before the association was released.",
        SegmentOutcome.ServiceStopped => "The service stopped before the association was released.",
        _ => "",
    };

    /// <summary>An instance of the study came over an association.</summary>
    public void Touch(long associationId, DateTimeOffset now)
    {
        carriers.TryAdd(associationId, now);
        last = now;
        waitingSince = null;
        Due = null;
    }

    /// <summary>An association ended that may have carried the study.</summary>
    public void End(long associationId, SegmentOutcome outcome, DateTimeOffset now, TimeSpan quietTime)
    {
        if (!carriers.Remove(associationId, out var began))
        {
            return;
        }

        if (outcome != SegmentOutcome.Released)
        {
            interruption = outcome;
            interruptedAt = now;
        }
        else if (began >= interruptedAt)
        {
            // A sender that begins anew after a break, and ends as it should, has sent what it had.
            interruption = null;
        }

        if (carriers.Count == 0)
        {
            Due = Later(last, now) + quietTime;
        }
    }

    /// <summary>The study was left by an earlier run.</summary>
    public void Resume(SegmentOutcome? outcome, DateTimeOffset now, TimeSpan quietTime)
    {
        interruption = outcome;
        interruptedAt = now;
        last = now;
        Due = now + quietTime;
    }

    /// <summary>The source has more than came: whether to wait and ask again, or that has lasted for <paramref name="longest"/>.</summary>
    public bool TryWait(DateTimeOffset now, TimeSpan quietTime, TimeSpan longest)
    {
        waitingSince ??= now;
        var end = waitingSince.Value + longest;
        if (now >= end)
        {
            return false;
        }

        Due = now + quietTime < end ? now + quietTime : end;
        return true;
    }

    /// <summary>The study could not be handed on.</summary>
    public void Postpone(DateTimeOffset due) => Due = due;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
