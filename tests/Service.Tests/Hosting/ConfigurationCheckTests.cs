using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace BrainTumorDicom.Service.Tests.Hosting;

public sealed class ConfigurationCheckTests
{
    private static readonly Dictionary<string, Type?> Sections = new()
    {
        ["Data"] = typeof(DataOptions),
        ["Http"] = typeof(HttpOptions),
        ["Delivery"] = typeof(DeliveryOptions),
        ["Logging"] = null,
    };

    [Theory]
    [InlineData("Delivry:Timeout", "00:00:05", "Delivry is an unknown section; did you mean Delivery?")]
    [InlineData("Delivery:TimeOutt", "00:00:05", "Delivery:TimeOutt is an unknown key; did you mean Timeout?")]
    [InlineData("Data:Xylophone", "1", "Data:Xylophone is an unknown key; known are Folder.")]
    [InlineData("Delivery:Timeout", "5", "Delivery:Timeout is '5', not a time such as 00:00:05 (hh:mm:ss).")]
    [InlineData("Delivery:Dicom:0:Adress", "PACS@pacs:104", "Delivery:Dicom:0:Adress is an unknown key; did you mean Address?")]
    [InlineData("Delivery:Dicom:0:SrClass", "best", "Delivery:Dicom:0:SrClass is 'best', not one of Auto, Comprehensive3D, Comprehensive, Enhanced.")]
    [InlineData("Delivery:Dicom", "PACS@pacs:104", "Delivery:Dicom is 'PACS@pacs:104', but is a list.")]
    [InlineData("Data", "/var/lib", "Data is '/var/lib', but holds settings of its own.")]
    [InlineData("Data:Folder:Path", "/var/lib", "Data:Folder is one value (a String), not a section or list.")]
    public void What_the_binder_would_pass_over_is_named(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => ConfigurationCheck.Check(Configuration((key, value)), Sections));

        Assert.Equal($"configuration: {expected}", error.Message);
    }

    [Fact]
    public void What_is_right_passes_whatever_its_case()
    {
        var configuration = Configuration(
            ("data:folder", "/var/lib/btd"),
            ("Delivery:Dicom:0:Address", "PACS@pacs:104"),
            ("Delivery:Dicom:0:SrClass", "comprehensive"),
            ("Delivery:Timeout", "00:00:05"),
            ("Logging:LogLevel:Quartz", "Debug"));

        ConfigurationCheck.Check(configuration, Sections);
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("PORT", "port", 0)]
    public void The_distance_counts_edits(string left, string right, int expected) =>
        Assert.Equal(expected, ConfigurationCheck.Distance(left, right));

    private static IConfiguration Configuration(params (string Key, string Value)[] entries) =>
        new ConfigurationBuilder().AddInMemoryCollection(entries.ToDictionary(entry => entry.Key, entry => (string?)entry.Value)).Build();
}
