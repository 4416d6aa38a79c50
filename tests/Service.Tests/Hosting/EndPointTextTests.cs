using BrainTumorDicom.Service.Hosting;

namespace BrainTumorDicom.Service.Tests.Hosting;

public sealed class EndPointTextTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("[::1]:80", "[::1]:80")]
    public void An_address_and_a_port_are_read(string text, string expected)
    {
        Assert.True(EndPointText.TryParse(text, out var endPoint));
        Assert.Equal(expected, endPoint.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("8080")]
    [InlineData("127.0.0.1")]
    [InlineData(":8080")]
    [InlineData("::1:80")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("somewhere:80")]
    public void Anything_else_is_not(string? text) => Assert.False(EndPointText.TryParse(text, out _));
}
