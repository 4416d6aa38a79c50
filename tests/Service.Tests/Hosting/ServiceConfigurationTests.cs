using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Hosting;

namespace BrainTumorDicom.Service.Tests.Hosting;

public sealed class ServiceConfigurationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-config-");

    [Fact]
    public void Single_settings_go_over_the_file_and_destinations_are_added_to_its_own()
    {
        var arguments = new ServiceArguments
        {
            ConfigurationFile = Write("""
                {
                  // comments are allowed
                  "Dicom": { "AeTitle": "FROMFILE", "Port": 104 },
                  "Delivery": { "Dicom": [ { "Address": "PACS@pacs:104", "SrClass": "Comprehensive" } ] },
                  "Fhir": { "PatientIdentifierSystem": "urn:oid:1.2", "IssuerSystems": { "HOSPITAL": "urn:oid:1.3" } }
                }
                """),
            Settings = new Dictionary<string, string> { ["Dicom:Port"] = "11113" },
            DicomDestinations = ["SECOND@10.0.0.2:11112"],
            FhirDestinations = ["https://fhir.example.org/r4"],
        };

        var read = ServiceConfiguration.Bind(ServiceConfiguration.Read(arguments));

        Assert.Equal(("FROMFILE", 11113), (read.Dicom.AeTitle, read.Dicom.Port));
        Assert.Equal(["PACS@pacs:104", "SECOND@10.0.0.2:11112"], read.Delivery.Dicom.Select(one => one.Address));
        Assert.Equal(["https://fhir.example.org/r4"], read.Delivery.Fhir.Select(one => one.Url));
        Assert.Equal("urn:oid:1.3", read.Fhir.IssuerSystems["HOSPITAL"]);
    }

    [Fact]
    public void Destinations_of_every_kind_say_what_they_get_and_a_name_that_is_none_is_refused()
    {
        var good = Write("""
            { "Delivery": {
                "Dicom": [ { "Address": "PACS@pacs:104", "Objects": [ "sr", "ko", "pm" ] } ],
                "Stow": [ { "Url": "https://pacs.example/dicom-web", "TokenFile": "token", "Objects": [ "pdf" ] } ],
                "Folder": [ { "Path": "results", "Objects": [ "hl7", "heatmap-png" ] } ] } }
            """);
        var read = ServiceConfiguration.Bind(ServiceConfiguration.Read(new ServiceArguments { ConfigurationFile = good }));
        Assert.Equal(["sr", "ko", "pm"], read.Delivery.Dicom[0].Objects);
        Assert.Equal(["pdf"], read.Delivery.Stow[0].Objects);
        Assert.Equal(["hl7", "heatmap-png"], read.Delivery.Folder[0].Objects);
        Assert.Equal(3, read.Delivery.Count);
        Assert.True(read.Reports is { KeyObjects: true, ParametricMap: true });
        Assert.False(ServiceConfiguration.Bind(ServiceConfiguration.Read(new ServiceArguments())).Reports.KeyObjects);

        var wrong = ServiceConfiguration.Read(new ServiceArguments { ConfigurationFile = Write("""{ "Delivery": { "Dicom": [ { "Address": "A@b:1", "Objects": [ "hl7" ] } ] } }""") });
        Assert.Contains("'hl7' is none of sr, heatmap, pdf, ko, pm", Assert.Throws<InvalidDataException>(() => ServiceConfiguration.Bind(wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_both_ports_are_for_this_machine_and_the_journal_is_in_the_data_folder()
    {
        var read = ServiceConfiguration.Bind(ServiceConfiguration.Read(new ServiceArguments()));

        Assert.Equal(("127.0.0.1", "127.0.0.1:8080"), (read.Dicom.BindAddress, read.Http.Address));
        Assert.Equal(Path.Combine("data", "journal"), read.Journal.Folder);
    }

    [Theory]
    [InlineData("Dicom:Port", "70000", "configuration: Dicom: Port")]
    [InlineData("Dicom:AeTitle", "MUCH-TOO-LONG-A-TITLE", "configuration: Dicom: AeTitle is 'MUCH-TOO-LONG-A-TITLE', not 1 to 16 printable ASCII characters without backslash.")]
    [InlineData("Dicom:BindAddress", "here", "configuration: Dicom: BindAddress is 'here', not an IP address such as 127.0.0.1 or 0.0.0.0.")]
    [InlineData("Dicom:AllowedCallers:0:AeTitle", "PACS1", "configuration: Dicom: AllowedCallers: the rule of PACS1 has no Addresses.")]
    [InlineData("Dicom:AllowedCallers:0:Addresses:0", "pacs.example", "configuration: Dicom: AllowedCallers: 'pacs.example' is neither an address such as 10.0.0.5 nor a network such as 10.0.0.0/8.")]
    [InlineData("Dicom:SopClasses:0:SopClass", "MRImageStorrage", "configuration: Dicom: SopClasses: 'MRImageStorrage' is neither a UID nor a keyword of PS3.6 such as MRImageStorage.")]
    [InlineData("Delivery:Stow:0:Url", "ftp://pacs/dicom-web", "configuration: Delivery: ")]
    [InlineData("Dicom:Tls:Only", "true", "configuration: Dicom: Tls: CertificateFile is not set, and without it there is no TLS.")]
    [InlineData("Dicom:Tls:CertificateFile", "cert.pem", "configuration: Dicom: Tls: TrustedCaFile is not set: ")]
    [InlineData("Dicom:MaximumAssociationsPerPeer", "0", "configuration: Dicom: MaximumAssociationsPerPeer")]
    [InlineData("Journal:MinimumFreePercent", "100", "configuration: Journal: MinimumFreePercent")]
    [InlineData("Receive:QuietTime", "00:00:00", "configuration: Receive: QuietTime")]
    [InlineData("Delivery:Dicom:0:Address", "pacs:104", "configuration: Delivery: ")]
    [InlineData("Delivery:Fhir:0:Url", "ftp://x", "configuration: Delivery: ")]
    [InlineData("Delivery:Hl7:0:Port", "70000", "configuration: Delivery: ")]
    [InlineData("Analysis:Concurrency", "0", "configuration: Analysis: Concurrency")]
    public void A_value_out_of_its_range_is_named_in_one_line(string key, string value, string expected)
    {
        var configuration = ServiceConfiguration.Read(new ServiceArguments { Settings = new Dictionary<string, string> { [key] = value } });

        var error = Assert.Throws<InvalidDataException>(() => ServiceConfiguration.Bind(configuration));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void How_FHIR_servers_and_HL7_receivers_are_spoken_to_is_read_and_a_proof_of_nobody_refused()
    {
        var file = Write("""
            {
              "Hl7": { "AssigningAuthority": "HIS", "AssigningAuthorities": { "HOSPITAL": "HIS&1.2&ISO" }, "AccessionNumberField": "FillerField1", "IncludePdf": true },
              "Triage": { "Enabled": true },
              "Delivery": {
                "Fhir": [ { "Url": "https://fhir.example/r4", "CheckPatient": true, "Pictures": "DocumentReference",
                  "Authorization": { "ClientId": "btd", "KeyFile": "key.pem", "KeyId": "1" }, "Tls": { "Enabled": true, "TrustedCaFile": "ca.pem" } } ],
                "Hl7": [ { "Host": "ris", "Application": "RIS", "Facility": "HOSPITAL", "Tls": { "Enabled": true } } ]
              }
            }
            """);

        var read = ServiceConfiguration.Bind(ServiceConfiguration.Read(new ServiceArguments { ConfigurationFile = file }));
        var broken = ServiceConfiguration.Read(new ServiceArguments
        {
            Settings = new Dictionary<string, string> { ["Delivery:Fhir:0:Url"] = "https://fhir.example", ["Delivery:Fhir:0:Authorization:ClientSecret"] = "hidden" },
        });
        var error = Assert.Throws<InvalidDataException>(() => ServiceConfiguration.Bind(broken));

        Assert.Equal(("HIS", "HIS&1.2&ISO", AccessionNumberField.FillerField1, true), (read.Hl7.AssigningAuthority, read.Hl7.AssigningAuthorities["HOSPITAL"], read.Hl7.AccessionNumberField, read.Hl7.IncludePdf));
        Assert.True(read.Triage.Enabled);
        var fhir = Assert.Single(read.Delivery.Fhir);
        Assert.Equal(("btd", "key.pem", FhirPictures.DocumentReference, true), (fhir.Authorization.ClientId, fhir.Authorization.KeyFile, fhir.Pictures, fhir.CheckPatient));
        var receiver = Assert.Single(read.Delivery.Hl7);
        Assert.Equal(("ris", 2575, "RIS", true), (receiver.Host, receiver.Port, receiver.Application, receiver.Tls.Enabled));
        Assert.Contains("Authorization has settings, but no ClientId.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_the_command_line_are_added_to_those_of_the_file()
    {
        var arguments = new ServiceArguments
        {
            ConfigurationFile = Write("""
                {
                  "Dicom": {
                    "AllowedCallers": [ { "AeTitle": "PACS1", "Addresses": [ "10.0.0.0/8", "192.168.1.5" ] } ],
                    "SopClasses": [ { "SopClass": "*", "Accept": false }, { "SopClass": "MRImageStorage", "TransferSyntaxes": [ "ExplicitVRLittleEndian" ] } ],
                    "Tls": { "CertificateFile": "cert.pem", "KeyFile": "key.pem", "TrustedCaFile": "ca.pem", "Only": true }
                  }
                }
                """),
            AllowedCallers = ["*@10.1.0.0/16", "PACS2@fd00::1"],
        };

        var options = ServiceConfiguration.Bind(ServiceConfiguration.Read(arguments)).Dicom.ToServerOptions();

        Assert.Equal(
            ["PACS1 10.0.0.0/8,192.168.1.5/32", " 10.1.0.0/16", "PACS2 fd00::1/128"],
            options.AllowedCallers.Select(rule => $"{rule.AeTitle} {string.Join(',', rule.Addresses)}"));
        Assert.Equal(
            ["* False ", "1.2.840.10008.5.1.4.1.1.4 True 1.2.840.10008.1.2.1"],
            options.SopClassPolicies.Select(policy => $"{policy.SopClassUid} {policy.Accept} {string.Join(',', policy.TransferSyntaxes)}"));
        Assert.Null(options.Port);
        Assert.Equal(("cert.pem", "key.pem", "ca.pem", 2762, true), (options.Tls!.CertificateFile, options.Tls.KeyFile, options.Tls.TrustedCaFile, options.Tls.Port, options.Tls.RequireClientCertificate));
    }

    [Fact]
    public void The_services_limits_are_the_servers_own_where_nothing_is_set()
    {
        var options = ServiceConfiguration.Bind(ServiceConfiguration.Read(new ServiceArguments())).Dicom.ToServerOptions();

        var own = new DicomServerOptions { RequireCalledAe = false };
        Assert.Equal(own, options with
        {
            AllowedCallers = own.AllowedCallers,
            SopClassPolicies = own.SopClassPolicies,
            AcceptedTransferSyntaxes = own.AcceptedTransferSyntaxes,
        });
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_named()
    {
        var file = Write("""{ "Dicom": { "Port": 104 } """);

        var error = Assert.Throws<InvalidDataException>(() => ServiceConfiguration.Read(new ServiceArguments { ConfigurationFile = file }));

        Assert.StartsWith($"configuration: {file} is not valid JSON: ", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string json)
    {
        var file = Path.Combine(folder.FullName, "serve.json");
        File.WriteAllText(file, json);
        return file;
    }
}
