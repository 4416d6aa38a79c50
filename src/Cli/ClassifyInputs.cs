using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Cli;

/// <summary>A DICOM file found on the command line.</summary>
/// <param name="Path">As given, or below a folder as given.</param>
/// <param name="Study">Study Instance UID; empty when absent.</param>
/// <param name="Series">Series Instance UID; empty when absent.</param>
/// <param name="Instance">SOP Instance UID; empty when absent.</param>
internal sealed record DicomInput(string Path, string Study, string Series, string Instance)
{
    /// <summary>The file as the analyzer reads it.</summary>
    public InstanceSource Source => new(Path, () => DicomFile.Read(Path), () => DicomFile.ReadHeader(File.ReadAllBytes(Path)));
}

/// <summary>What the paths of a command line hold: picture files, DICOM files, and what is neither.</summary>
/// <param name="Images">JPEG and PNG files.</param>
/// <param name="Dicom">DICOM files.</param>
/// <param name="Failed">Files given by name, or DICOM by their first bytes, that cannot be read; with the reason.</param>
/// <param name="Ignored">How many other files lie in the folders.</param>
internal sealed record ClassifyInputs(
    IReadOnlyList<string> Images, IReadOnlyList<DicomInput> Dicom, IReadOnlyList<(string Path, string Reason)> Failed, int Ignored)
{
    private const int PreambleLength = 128;

    /// <summary>Looks through the paths. Kinds are told by content, not by name.</summary>
    /// <exception cref="FileNotFoundException">A path is not there.</exception>
    public static ClassifyInputs Find(IEnumerable<string> paths)
    {
        var images = new List<string>();
        var dicom = new List<DicomInput>();
        var failed = new List<(string, string)>();
        var ignored = 0;
        foreach (var (path, byName) in paths.SelectMany(Files))
        {
            try
            {
                var head = Head(path);
                if (ImageFile.IsImage(head))
                {
                    images.Add(path);
                }
                else if ((byName || IsDicom(head)) && Read(path) is { } instance)
                {
                    dicom.Add(instance);
                }
                else
                {
                    ignored++;
                }
            }
            catch (Exception error) when (error is DicomException or IOException or UnauthorizedAccessException)
            {
                failed.Add((path, error.Message.ReplaceLineEndings(" ")));
            }
        }

        return new ClassifyInputs(images, dicom, failed, ignored);
    }

    private static IEnumerable<(string Path, bool ByName)> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, false))
        : File.Exists(path) ? [(path, true)]
        : throw new FileNotFoundException($"{path} does not exist.", path);

    private static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[PreambleLength + 4];
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static bool IsDicom(ReadOnlySpan<byte> head) => head.Length == PreambleLength + 4 && head[PreambleLength..].SequenceEqual("DICM"u8);

    // A DICOMDIR (PS3.3 §F) lists instances and is none.
    private static DicomInput? Read(string path)
    {
        var dataset = DicomFile.ReadHeader(File.ReadAllBytes(path)).Dataset;
        return dataset.Contains(DicomTag.DirectoryRecordSequence) ? null : new DicomInput(
            path,
            dataset.GetString(DicomTag.StudyInstanceUID) ?? "",
            dataset.GetString(DicomTag.SeriesInstanceUID) ?? "",
            dataset.GetString(DicomTag.SOPInstanceUID) ?? "");
    }
}
