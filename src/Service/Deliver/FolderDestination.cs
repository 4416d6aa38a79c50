using System.Globalization;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Journal;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>
/// Writes objects into a folder that other software watches: under a temporary name that begins with a dot, flushed, then renamed, so that
/// what has its name is whole. A file that is there is never written over.
/// </summary>
internal sealed class FolderDestination(FolderDestinationOptions options) : IDestination
{
    private const int MostNames = 100;

    private readonly string folder = Path.GetFullPath(options.Path);

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> AllKinds { get; } =
        [.. DicomObject.Kinds, ReportKinds.Fhir, ReportKinds.Hl7, ReportKinds.Finding, ReportKinds.Document, ReportKinds.Picture];

    /// <inheritdoc/>
    public string Name { get; } = Path.GetFullPath(options.Path);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = options.Objects.Or(AllKinds);

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        var file = ReportKinds.File(kind);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(reportFolder, file), cancellationToken).ConfigureAwait(false);
        try
        {
            return await WriteAsync(FileName(kind, file, reportFolder), bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk, a share that is gone, a right that is missing: mended by somebody.
            return new DeliveryOutcome.Retry(error.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary><c>STUDY_r1_heatmap-2.dcm</c>.</summary>
    private static string FileName(string kind, string file, string reportFolder)
    {
        var revision = Path.GetFileName(reportFolder);
        var study = Path.GetFileName(Path.GetDirectoryName(reportFolder));
        return $"{study}_r{revision}_{kind}{Path.GetExtension(file)}";
    }

    private async Task<DeliveryOutcome> WriteAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        // Of an attempt that was cut off after the renaming.
        if (await FindFreeNameAsync(name, bytes, cancellationToken).ConfigureAwait(false) is not { } free)
        {
            return new DeliveryOutcome.Delivered($"{name} is there");
        }

        var partial = Path.Combine(folder, $".{name}.partial");
        try
        {
            var stream = new FileStream(partial, FileMode.Create, FileAccess.Write);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, Path.Combine(folder, free), overwrite: false);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        DurableFile.FlushFolder(folder);
        return new DeliveryOutcome.Delivered(free);
    }

    /// <summary>A name that no file has; <see langword="null"/> where one of them has these bytes already.</summary>
    private async Task<string?> FindFreeNameAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= MostNames; number++)
        {
            var candidate = number == 1
                ? name
                : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)}_{number}{Path.GetExtension(name)}");
            var path = Path.Combine(folder, candidate);
            if (!File.Exists(path))
            {
                return candidate;
            }

            var there = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            if (bytes.AsSpan().SequenceEqual(there))
            {
                return null;
            }
        }

        throw new IOException($"{MostNames} files with other content have the name {name}");
    }
}
