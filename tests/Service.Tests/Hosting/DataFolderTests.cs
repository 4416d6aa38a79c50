using BrainTumorDicom.Service.Hosting;

namespace BrainTumorDicom.Service.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-data-");

    [Fact]
    public void A_second_instance_is_refused_until_the_first_ends()
    {
        using (DataFolder.Open(folder.FullName))
        {
            var error = Assert.Throws<IOException>(() => DataFolder.Open(folder.FullName));
            Assert.Contains("in use by another instance", error.Message, StringComparison.Ordinal);
        }

        DataFolder.Open(folder.FullName).Dispose();
    }

    [Fact]
    public void A_file_in_the_way_is_an_error_that_names_the_folder()
    {
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<IOException>(() => DataFolder.Open(file));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.113619")]
    [InlineData("2.25.1")]
    public void A_uid_names_its_folder(string uid) => Assert.Equal(uid, DataFolder.SafeName(uid));

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("1.2/3")]
    [InlineData("1.2\0")]
    public void A_path_in_place_of_a_uid_stays_inside_the_reports(string uid)
    {
        using var data = DataFolder.Open(folder.FullName);

        var reports = Path.GetFullPath(data.ReportFolder(uid, 1));

        Assert.Equal(data.Reports, Path.GetDirectoryName(Path.GetDirectoryName(reports)));
        Assert.DoesNotContain('\0', reports);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
