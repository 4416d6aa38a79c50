using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

public sealed class CallerRuleTests
{
    [Theory]
    [InlineData("PACS1@10.0.0.0/8", "PACS1", "10.1.2.3", true)]
    [InlineData("PACS1@10.0.0.0/8", "PACS1", "::ffff:10.1.2.3", true)] // from a socket of both families
    [InlineData("PACS1@10.0.0.0/8", "PACS2", "10.1.2.3", false)]
    [InlineData("PACS1@10.0.0.0/8", "PACS1", "11.1.2.3", false)]
    [InlineData("*@10.0.0.5", "ANYBODY", "10.0.0.5", true)]
    [InlineData("*@10.0.0.5", "ANYBODY", "10.0.0.6", false)]
    [InlineData("*@10.0.0.5/8", "ANYBODY", "10.1.2.3", true)] // bits beyond the prefix say nothing
    [InlineData("A@B@10.0.0.5", "A@B", "10.0.0.5", true)]
    [InlineData("*@fd00::/8", "ANYBODY", "fd12::1", true)]
    [InlineData("*@::ffff:10.0.0.5", "ANYBODY", "10.0.0.5", true)]
    public void A_rule_allows_its_titles_from_its_networks(string rule, string title, string address, bool allowed)
    {
        Assert.True(CallerRule.TryParse(rule, out var read));

        Assert.Equal(allowed, read.Allows(new AeTitle(title), IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("PACS1")]
    [InlineData("@10.0.0.5")]
    [InlineData("PACS1@")]
    [InlineData("PACS1@10.0.0.0/33")]
    [InlineData("PACS1@pacs.example")]
    [InlineData("MUCH-TOO-LONG-A-TITLE@10.0.0.5")]
    public void What_is_no_rule_is_not_read(string? text) => Assert.False(CallerRule.TryParse(text, out _));

    [Fact]
    public void Without_a_rule_only_this_machine_may_call()
    {
        var nobody = new AllowedCallers([]);

        Assert.True(nobody.MayConnect(IPAddress.Loopback));
        Assert.True(nobody.MayConnect(IPAddress.IPv6Loopback));
        Assert.True(nobody.MayConnect(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.False(nobody.MayConnect(IPAddress.Parse("10.0.0.5")));
    }
}
