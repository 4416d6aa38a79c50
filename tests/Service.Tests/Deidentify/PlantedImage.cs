using System.Globalization;
using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Deidentify;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Service.Tests.Deidentify;

/// <summary>An MR image with a value of its own, found nowhere else, in everything that may identify somebody: at the top, in sequences, in private and unknown elements.</summary>
internal sealed class PlantedImage
{
    private int next;

    public PlantedImage()
    {
        var image = PhantomSeries.Create(HeadPhantom.Create(PhantomClass.Glioma, 5, new PhantomOptions(Slices: 12)))[1];
        var dataset = image.Dataset.Clone();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        Plant(dataset);
        var kept = new DicomDataset();
        Plant(kept);
        var reference = new DicomDataset();
        Plant(reference);
        dataset.SetSequence(DicomTag.AnatomicRegionSequence, kept);
        dataset.SetSequence(DicomTag.ReferencedImageSequence, reference);
        PlantElsewhere(dataset);
        File = new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    public DicomFile File { get; }

    /// <summary>Every value that must not survive, with where it stands.</summary>
    public List<(DicomTag Tag, string Value)> Values { get; } = [];

    private void Plant(DicomDataset dataset)
    {
        foreach (var tag in ConfidentialityTable.All.Keys.Where(tag => tag.Group >= 8 && tag != DicomTag.ReferencedImageSequence))
        {
            if (DicomDictionary.VrOf(tag) == DicomVr.SQ)
            {
                var item = new DicomDataset();
                Plant(item, DicomTag.PatientComments);
                Plant(item, DicomTag.PatientName);
                dataset.SetSequence(tag, item);
            }
            else if (DicomDictionary.VrOf(tag) is { IsText: true })
            {
                Plant(dataset, tag);
            }
        }
    }

    private void PlantElsewhere(DicomDataset dataset)
    {
        // Not in the table, and yet somebody's.
        foreach (var tag in (ReadOnlySpan<DicomTag>)[DicomTag.InstanceCreationDate, DicomTag.InstanceCreationTime, DicomTag.RetrieveAETitle, DicomTag.TextValue])
        {
            Plant(dataset, tag);
        }

        dataset.SetBytes(new DicomTag(0x0029, 0x0010), DicomVr.LO, Bytes(new DicomTag(0x0029, 0x0010), "PRIVATE"));
        dataset.SetBytes(new DicomTag(0x0029, 0x1001), DicomVr.UN, Bytes(new DicomTag(0x0029, 0x1001), "PRIVATE"));
        dataset.SetBytes(new DicomTag(0x5000, 0x0022), DicomVr.LO, Bytes(new DicomTag(0x5000, 0x0022), "CURVE"));
        dataset.SetBytes(new DicomTag(0x6002, 0x0022), DicomVr.LO, Bytes(new DicomTag(0x6002, 0x0022), "OVERLAY"));
        dataset.SetBytes(new DicomTag(0x6002, 0x4000), DicomVr.LT, Bytes(new DicomTag(0x6002, 0x4000), "OVERLAY"));
        dataset.SetBytes(new DicomTag(0x0020, 0x7777), DicomVr.LO, Bytes(new DicomTag(0x0020, 0x7777), "UNKNOWN"));
        dataset.SetBytes(DicomTag.SoftwareVersions, DicomVr.UN, Bytes(DicomTag.SoftwareVersions, "AS UN"));
    }

    private void Plant(DicomDataset dataset, DicomTag tag)
    {
        var vr = DicomDictionary.VrOf(tag);
        next++;
        var value = vr == DicomVr.DA ? Text($"{1950 + (next / 336)}{1 + (next / 28 % 12):00}{1 + (next % 28):00}")
            : vr == DicomVr.TM ? Text($"{next / 3600 % 24:00}{next / 60 % 60:00}{next % 60:00}.{next:000000}")
            : vr == DicomVr.DT ? Text($"19{40 + (next % 10)}0605{next / 3600 % 24:00}{next / 60 % 60:00}{next % 60:00}.{next:000000}")
            : vr == DicomVr.UI ? Text($"1.3.6.1.4.1.99999.77.{next}.1")
            : vr == DicomVr.DS || vr == DicomVr.IS ? Text($"-{770000 + next}")
            : vr == DicomVr.AS ? Text($"{next % 900 + 100}Y")
            : Text($"PLANT{next:0000}É");
        dataset.SetBytes(tag, vr, Encoding.UTF8.GetBytes(value));
        Values.Add((tag, vr == DicomVr.AS ? value : value.TrimEnd('É')));
    }

    private byte[] Bytes(DicomTag tag, string word)
    {
        var value = Text($"{word} PLANT{++next:0000}");
        Values.Add((tag, value));
        return Encoding.ASCII.GetBytes(value);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
