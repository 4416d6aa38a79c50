using System.Text.Json;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Looks the patient up before anything is sent: exactly one must have the identifier, and not another birth date or sex than the source says.</summary>
internal static class FhirPatientCheck
{
    private const string Reconcile = "needs reconciliation: ";

    /// <summary>Reads the answer of the search.</summary>
    /// <param name="searchset">The searchset bundle.</param>
    /// <param name="birthDate">The source's, as DICOM writes it (DA), or empty.</param>
    /// <param name="sex">The source's (CS), or empty.</param>
    /// <returns>The patient as <c>Patient/id</c>, or why a person has to look; the reason names no value.</returns>
    public static (string? Patient, string Reason) Read(ReadOnlyMemory<byte> searchset, string birthDate, string sex)
    {
        try
        {
            using var json = JsonDocument.Parse(searchset);
            var patients = json.RootElement.TryGetProperty("entry", out var entries)
                ? entries.EnumerateArray().Select(entry => entry.GetProperty("resource")).Where(resource => Text(resource, "resourceType") == "Patient").ToList()
                : [];
            return patients switch
            {
                [] => (null, Reconcile + "no patient has the identifier"),
                [var patient] => Compare(patient, birthDate, sex),
                _ => (null, Reconcile + "several patients have the identifier"),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, Reconcile + "the server's answer to the search for the patient is no Bundle");
        }
    }

    private static (string? Patient, string Reason) Compare(JsonElement patient, string birthDate, string sex)
    {
        // A FHIR date may be a year, or a year and a month; a value that is not known cannot differ.
        var known = Text(patient, "birthDate").Replace("-", "", StringComparison.Ordinal);
        if (birthDate.Length == 8 && !birthDate.StartsWith(known, StringComparison.Ordinal))
        {
            return (null, Reconcile + "the patient found has another birth date than the source");
        }

        var gender = sex switch
        {
            "M" => "male",
            "F" => "female",
            "O" => "other",
            _ => "",
        };
        return Text(patient, "gender") is "male" or "female" or "other" && gender.Length > 0 && Text(patient, "gender") != gender
            ? (null, Reconcile + "the patient found has another sex than the source")
            : ($"Patient/{Text(patient, "id")}", "");
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
