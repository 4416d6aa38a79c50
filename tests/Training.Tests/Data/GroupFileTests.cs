using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class GroupFileTests
{
    [Fact]
    public void A_table_reads_back_as_it_was_written_whatever_the_names()
    {
        var path = Path.GetTempFileName();
        var names = new[] { "glioma/a.jpg", "glioma/odd, \"name\".png", "notumor/sub/b é.dcm" };

        GroupFile.Write(path, names.Select((name, i) => (name, i % 2)));

        var read = GroupFile.Read(path);
        Assert.Equal(names.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["0", "1", "0"], names.Select(name => read[name]));
        File.Delete(path);
    }
}
