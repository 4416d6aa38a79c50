using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>A phantom series on disk, ready to be sent.</summary>
internal sealed record Phantom(string Study, IReadOnlyList<string> Files)
{
    public static Phantom Write(string folder, PhantomClass kind, int seed, int slices = 20)
    {
        var files = PhantomSeries.Write(HeadPhantom.Create(kind, seed, new PhantomOptions(Slices: slices)), folder);
        return new Phantom(DicomFile.Read(files[0]).Dataset.GetString(DicomTag.StudyInstanceUID)!, files);
    }
}
