namespace BrainTumorDicom.Service.Web.Verdicts;

/// <summary>One verdict in <c>/api/studies/{uid}/verdicts</c>.</summary>
/// <param name="Class">Label of the class.</param>
/// <param name="Reader">Who gave it.</param>
/// <param name="Comment">For people, or empty.</param>
/// <param name="Given">When it came.</param>
/// <param name="Counts">Whether it is the reader's latest.</param>
internal sealed record VerdictEntry(string Class, string Reader, string Comment, DateTimeOffset Given, bool Counts);
