using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Tests.Receive;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FhirTokensTests : IDisposable
{
    private static readonly Uri Server = new("http://fhir.example/r4/");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-token-");

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_it_expires_and_asked_for_again_then()
    {
        var time = new ManualTimeProvider();
        var handler = Endpoint(expiresIn: "300");
        using var client = new HttpClient(handler);
        var tokens = new FhirTokens(new FhirAuthorizationOptions { ClientId = "a b", ClientSecret = "s:ecret", TokenUrl = "http://auth.example/token" }, Server, client, time);

        var first = await tokens.GetAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(269));
        var second = await tokens.GetAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(2));
        var third = await tokens.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("token-1", "token-1", "token-2"), (first.Token, second.Token, third.Token));
        Assert.Equal("grant_type=client_credentials&scope=system%2F%2A.%2A", handler.Requests[0].Body);
        Assert.Equal("Basic " + Convert.ToBase64String("a%20b:s%3Aecret"u8), handler.Authorizations[0]);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_not_used_again()
    {
        using var client = new HttpClient(Endpoint(expiresIn: "300"));
        var tokens = new FhirTokens(new FhirAuthorizationOptions { ClientId = "a", ClientSecret = "s", TokenUrl = "http://auth.example/token" }, Server, client, TimeProvider.System);

        var first = await tokens.GetAsync(TestContext.Current.CancellationToken);
        tokens.Forget(first.Token!);
        var second = await tokens.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("token-1", "token-2"), (first.Token, second.Token));
    }

    [Fact]
    public async Task The_token_endpoint_is_the_one_that_the_server_names_and_the_secret_that_of_the_file()
    {
        var file = Path.Combine(folder.FullName, "secret");
        await File.WriteAllTextAsync(file, "from-file\n", TestContext.Current.CancellationToken);
        var handler = Endpoint(expiresIn: "\"60\"");
        using var client = new HttpClient(handler);
        var tokens = new FhirTokens(new FhirAuthorizationOptions { ClientId = "a", ClientSecretFile = file }, Server, client, TimeProvider.System);

        Assert.Equal("token-1", (await tokens.GetAsync(TestContext.Current.CancellationToken)).Token);
        Assert.Equal(["/r4/.well-known/smart-configuration", "/token"], handler.Requests.Select(request => request.Path));
        Assert.Equal("Basic " + Convert.ToBase64String("a:from-file"u8), handler.Authorizations[0]);
    }

    [Theory]
    [InlineData("RS384")]
    [InlineData("ES384")]
    public void An_assertion_is_signed_by_the_key_and_says_who_for_whom_and_for_how_long(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pem = algorithm == "RS384" ? rsa.ExportPkcs8PrivateKeyPem() : elliptic.ExportPkcs8PrivateKeyPem();

        var parts = FhirClientAssertion.Write(pem, "key-1", "client", "https://auth.example/token", DateTimeOffset.FromUnixTimeSeconds(1_000_000)).Split('.');

        var header = Part(parts[0]);
        var claims = Part(parts[1]);
        Assert.Equal((algorithm, "key-1"), ((string?)header["alg"], (string?)header["kid"]));
        Assert.Equal(("client", "client", "https://auth.example/token"), ((string?)claims["iss"], (string?)claims["sub"], (string?)claims["aud"]));
        Assert.Equal(1_000_240, (long?)claims["exp"]);
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        Assert.True(algorithm == "RS384"
            ? rsa.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : elliptic.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_and_an_endpoint_that_refuses_are_said_without_the_secret()
    {
        var file = Path.Combine(folder.FullName, "key.pem");
        using var small = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(file, small.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        using var client = new HttpClient(new Handler((_, _) => ScriptedHandler.Json("""{"error":"invalid_client","error_description":"wrong secret"}""", HttpStatusCode.Unauthorized)));

        var key = await TokenAsync(new FhirAuthorizationOptions { ClientId = "a", KeyFile = file, KeyId = "k", TokenUrl = "http://auth.example/token" });
        var secret = await TokenAsync(new FhirAuthorizationOptions { ClientId = "a", ClientSecret = "hidden", TokenUrl = "http://auth.example/token" });
        var missing = await TokenAsync(new FhirAuthorizationOptions { ClientId = "a", ClientSecretFile = file + ".no", TokenUrl = "http://auth.example/token" });

        Assert.Equal((null, "no token: the key has 256 bits, and ES384 needs P-384."), key);
        Assert.Equal((null, "no token: HTTP 401 invalid_client wrong secret"), secret);
        Assert.StartsWith("no token: ", missing.Error, StringComparison.Ordinal);

        Task<(string? Token, string Error)> TokenAsync(FhirAuthorizationOptions options) =>
            new FhirTokens(options, Server, client, TimeProvider.System).GetAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Settings_that_prove_nothing_or_twice_are_refused()
    {
        Assert.Empty(Complaints(new FhirAuthorizationOptions()));
        Assert.Empty(Complaints(new FhirAuthorizationOptions { ClientId = "a", KeyFile = "k.pem", KeyId = "1" }));
        Assert.Single(Complaints(new FhirAuthorizationOptions { ClientSecret = "s" }));
        Assert.Single(Complaints(new FhirAuthorizationOptions { ClientId = "a" }));
        Assert.Single(Complaints(new FhirAuthorizationOptions { ClientId = "a", ClientSecret = "s", ClientSecretFile = "f" }));
        Assert.Single(Complaints(new FhirAuthorizationOptions { ClientId = "a", KeyFile = "k.pem" }));

        static IEnumerable<ValidationResult> Complaints(FhirAuthorizationOptions options) => options.Validate(new ValidationContext(options));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static JsonNode Part(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;

    private static Handler Endpoint(string expiresIn)
    {
        var given = 0;
        return new Handler((request, _) => ScriptedHandler.Json(request.RequestUri!.AbsolutePath.EndsWith("smart-configuration", StringComparison.Ordinal)
            ? """{"token_endpoint":"http://auth.example/token"}"""
            : $$"""{"access_token":"token-{{++given}}","token_type":"bearer","expires_in":{{expiresIn}}}"""));
    }

    /// <summary>Keeps the credentials besides.</summary>
    private sealed class Handler(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : DelegatingHandler(new ScriptedHandler(answer))
    {
        public List<(string Method, string Path, string Body)> Requests => ((ScriptedHandler)InnerHandler!).Requests;

        public List<string> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is { } authorization)
            {
                Authorizations.Add(authorization.ToString());
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
