using System.Text;
using System.Text.RegularExpressions;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Deidentify;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Deidentify;

/// <summary>De-identified images before programs that nobody here wrote.</summary>
public sealed partial class DeidentificationPeerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-deidentify-").FullName;
    private readonly Deidentifier deidentifier = new(new PseudonymKey(new byte[32]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("dciodvfy")]
    public async Task An_image_has_no_error_that_it_did_not_have_before()
    {
        var head = HeadPhantom.Create(PhantomClass.Glioma, 5, new PhantomOptions(Slices: 12));

        await AssertNoNewErrorsAsync(PhantomSeries.Create(head)[1], "phantom");
        await AssertNoNewErrorsAsync(EnhancedPhantom.Create(head), "enhanced phantom");
    }

    [SharedDataFact("dicom", "dciodvfy")]
    public async Task Images_of_scanners_have_no_error_that_they_did_not_have_before()
    {
        var images = Images(SharedData.Find("dicom")!).ToList();

        Assert.True(images.Count >= 10, $"{images.Count} MR images");
        foreach (var (path, image) in images)
        {
            await AssertNoNewErrorsAsync(image, path);
        }
    }

    [PeerFact("gdcmanon,openssl")]
    public async Task Whatever_GDCM_takes_out_by_the_same_profile_is_taken_out_here()
    {
        var (image, path, anonymous) = (EveryElement(), Path.Combine(folder, "all.dcm"), Path.Combine(folder, "gdcm.dcm"));
        image.Write(path);
        var (key, certificate) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "certificate.pem"));
        await RunAsync("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=test", "-days", "2");

        await RunAsync("gdcmanon", "--de-identify", "--certificate", certificate, path, anonymous);

        var (theirs, ours) = (DicomFile.Read(anonymous).Dataset, deidentifier.Apply(image).Dataset);
        var touched = image.Dataset.Where(element => !Same(element, theirs)).ToList();
        Assert.True(touched.Count > 40, $"{touched.Count} elements");
        Assert.Empty(touched.Where(element => Same(element, ours)).Select(element => $"{element.Tag} {element.Tag.Keyword}"));
    }

    // GDCM takes what has these for de-identified already, and refuses it.
    private static bool IsSaidOfCleanOnes(DicomTag tag) =>
        tag == DicomTag.PatientIdentityRemoved || tag == DicomTag.DeidentificationMethod || tag == DicomTag.DeidentificationMethodCodeSequence;

    private static bool Same(DicomElement element, DicomDataset other) => other.TryGet(element.Tag, out var found) && element.ContentEquals(found);

    /// <summary>An MR image with every text element of the dictionary.</summary>
    private static DicomFile EveryElement()
    {
        var dataset = PhantomSeries.Create(HeadPhantom.Create(PhantomClass.Glioma, 5, new PhantomOptions(Slices: 12)))[1].Dataset;
        foreach (var tag in typeof(DicomTag).GetProperties().Where(property => property.PropertyType == typeof(DicomTag) && property.GetMethod!.IsStatic).Select(property => (DicomTag)property.GetValue(null)!))
        {
            if (tag.Group is >= 8 and < 0x7FE0 && (tag.Group & 0xFF00) is not 0x5000 and not 0x6000 && !dataset.Contains(tag) && tag.Element != 0
                && tag != DicomTag.BurnedInAnnotation && !IsSaidOfCleanOnes(tag) && DicomDictionary.VrOf(tag) is { IsText: true } vr)
            {
                dataset.SetBytes(tag, vr, Encoding.ASCII.GetBytes(vr == DicomVr.UI ? "1.2.3.4" : vr == DicomVr.DS || vr == DicomVr.IS ? "7" : vr == DicomVr.DA ? "19870605" : vr == DicomVr.TM ? "121314" : "VALUE"));
            }
        }

        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    private static IEnumerable<(string Path, DicomFile Image)> Images(string root)
    {
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            DicomFile? image = null;
            try
            {
                image = DicomFile.Read(path);
            }
            catch (DicomException)
            {
                // Damaged on purpose, or no DICOM.
            }

            if (image is not null && Deidentifier.FindRefusal(image.Dataset) is null && image.Dataset.Contains(DicomTag.SOPInstanceUID))
            {
                yield return (path, image);
            }
        }
    }

    private async Task AssertNoNewErrorsAsync(DicomFile image, string name)
    {
        var before = await ErrorsAsync(image, "before.dcm");
        var after = await ErrorsAsync(deidentifier.Apply(image), "after.dcm");

        Assert.True(!after.Except(before).Any(), $"{name}: {string.Join("; ", after.Except(before))}");
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(DicomFile image, string name)
    {
        var path = Path.Combine(folder, name);
        image.Write(path);
        var (_, output, error) = await PeerTools.RunAsync("dciodvfy", [path], Cancel);
        return [.. ErrorLine().Matches(output + error).Select(match => Uid().Replace(match.Value.Trim(), "<>")).Where(line => !IsAskedByTheProfile(line))];
    }

    // Of an animal the Patient module wants its owner (type 2C); Table E.1-1 takes it out (X), and is the one that counts here.
    private static bool IsAskedByTheProfile(string line) => line.Contains("<ResponsiblePerson>", StringComparison.Ordinal) || line.Contains("<ResponsibleOrganization>", StringComparison.Ordinal);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        var (exit, output, error) = await PeerTools.RunAsync(command, arguments, Cancel);
        Assert.True(exit == 0, $"{command}: {output}{error}");
    }

    [GeneratedRegex("(?m)^Error.*$")]
    private static partial Regex ErrorLine();

    // The same complaint of another UID.
    [GeneratedRegex("<[0-9.]+>")]
    private static partial Regex Uid();
}
