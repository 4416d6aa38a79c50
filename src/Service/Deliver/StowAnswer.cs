using System.Globalization;
using System.Text.Json;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>What a Store Instances Response (PS3.18 §10.5.3.2), in DICOM JSON, says of one instance.</summary>
/// <param name="IsFailed">Whether Failed SOP Sequence (0008,1198) lists it.</param>
/// <param name="Reason">Failure Reason (0008,1197), or Warning Reason (0008,1196) of an instance that was stored; <see langword="null"/> where none is given.</param>
internal sealed record StowAnswer(bool IsFailed, int? Reason)
{
    /// <summary>Most bytes that are read; a response on one instance is far smaller.</summary>
    private const int Limit = 1 << 20;

    private static readonly StowAnswer Silent = new(false, null);

    /// <summary>Reads the body of a response; one that is no DICOM JSON says nothing.</summary>
    public static async Task<StowAnswer> ReadAsync(HttpContent content, string sopInstanceUid, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[Limit];
            return Read(buffer.AsMemory(0, await stream.ReadAtLeastAsync(buffer, Limit, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)), sopInstanceUid);
        }
    }

    /// <summary>Reads a body.</summary>
    public static StowAnswer Read(ReadOnlyMemory<byte> body, string sopInstanceUid)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().FirstOrDefault() : document.RootElement;
            return Find(root, "00081198", sopInstanceUid) is { } failed ? new StowAnswer(true, Number(failed, "00081197"))
                : Find(root, "00081199", sopInstanceUid) is { } stored ? new StowAnswer(false, Number(stored, "00081196"))
                : Silent;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Silent;
        }
    }

    /// <summary>As part of a line: empty where nothing was said.</summary>
    public override string ToString() =>
        !IsFailed && Reason is null ? "" : string.Create(CultureInfo.InvariantCulture, $": {(IsFailed ? "failed" : "warning")}{(Reason is { } reason ? $" {reason:X4}H" : "")}");

    private static JsonElement? Find(JsonElement root, string sequence, string sopInstanceUid)
    {
        foreach (var item in Values(root, sequence))
        {
            if (Values(item, "00081155").FirstOrDefault() is { ValueKind: JsonValueKind.String } uid && uid.GetString() == sopInstanceUid)
            {
                return item;
            }
        }

        return null;
    }

    private static int? Number(JsonElement item, string tag) =>
        Values(item, tag).FirstOrDefault() is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static JsonElement.ArrayEnumerator Values(JsonElement item, string tag) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(tag, out var element) && element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray()
            : default;
}
