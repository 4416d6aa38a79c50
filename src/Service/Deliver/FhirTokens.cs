using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>The access tokens of one FHIR server: asked for when needed, kept until shortly before they expire.</summary>
internal sealed class FhirTokens(FhirAuthorizationOptions options, Uri server, HttpClient client, TimeProvider time)
{
    /// <summary>For a server that does not say (RFC 6749 §5.1 only recommends it).</summary>
    private static readonly TimeSpan UnstatedLife = TimeSpan.FromMinutes(1);

    /// <summary>A token is not used for so long before it expires: the request still has to arrive.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private Held? held;

    /// <summary>A token, or why there is none, in words that hold no secret.</summary>
    /// <exception cref="HttpRequestException">The token endpoint was not reached.</exception>
    public async Task<(string? Token, string Error)> GetAsync(CancellationToken cancellationToken)
    {
        if (held is { } kept && time.GetUtcNow() < kept.Until)
        {
            return (kept.Token, "");
        }

        try
        {
            var endpoint = options.TokenUrl.Length > 0 ? options.TokenUrl : await DiscoverAsync(cancellationToken).ConfigureAwait(false);
            return endpoint is null
                ? (null, "no token: the server names no token endpoint under .well-known/smart-configuration")
                : await AskAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A secret's or key's file: somebody mends it.
            return (null, $"no token: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The server no longer takes <paramref name="token"/>: the next is a new one.</summary>
    public void Forget(string token)
    {
        if (held?.Token == token)
        {
            held = null;
        }
    }

    private async Task<string?> DiscoverAsync(CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri(server, ".well-known/smart-configuration"), cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? Text(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), "token_endpoint")
            : null;
    }

    private async Task<(string? Token, string Error)> AskAsync(string endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        await ProveAsync(request, endpoint, now, cancellationToken).ConfigureAwait(false);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode && Text(answer, "access_token") is { Length: > 0 } token)
        {
            var life = Seconds(answer) ?? UnstatedLife;
            held = new Held(token, now + life - (Margin < life / 5 ? Margin : life / 5));
            return (token, "");
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"no token: HTTP {(int)response.StatusCode} {Text(answer, "error")} {Text(answer, "error_description")}");
        return (null, status.ReplaceLineEndings(" ").TrimEnd());
    }

    private async Task ProveAsync(HttpRequestMessage request, string endpoint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials"), new("scope", options.Scope) };
        if (options.KeyFile.Length > 0)
        {
            var pem = await File.ReadAllTextAsync(options.KeyFile, cancellationToken).ConfigureAwait(false);
            form.Add(new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            form.Add(new("client_assertion", FhirClientAssertion.Write(pem, options.KeyId, options.ClientId, endpoint, now)));
        }
        else
        {
            var secret = options.ClientSecretFile.Length > 0
                ? (await File.ReadAllTextAsync(options.ClientSecretFile, cancellationToken).ConfigureAwait(false)).Trim()
                : options.ClientSecret;

            // Both parts are form-encoded before they are joined (RFC 6749 §2.3.1).
            var pair = $"{Uri.EscapeDataString(options.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    private static string? Text(byte[] answer, string name) => Property(answer, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static TimeSpan? Seconds(byte[] answer) =>
        Property(answer, "expires_in") is { } value
            && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e8
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static JsonElement? Property(byte[] answer, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Held(string Token, DateTimeOffset Until);
}
