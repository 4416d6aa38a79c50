using System.Globalization;
using System.Security.Cryptography;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>The report files on disk: <c>reports/StudyInstanceUID/revision/</c>.</summary>
internal sealed class ReportStore(DataFolder folder)
{
    /// <summary>Writes the files of a revision: all of them are on the disk and the folder has its name when this returns, or nothing has.</summary>
    /// <returns>Their rows for the ledger.</returns>
    /// <remarks>A folder that is there already was written before a crash and never entered into the ledger; nothing of it was sent.</remarks>
    public IReadOnlyList<ReportRow> Save(string studyInstanceUid, int revision, IReadOnlyList<ReportDraft> drafts)
    {
        var final = folder.ReportFolder(studyInstanceUid, revision);
        var partial = Path.Combine(
            Path.GetDirectoryName(final)!, string.Create(CultureInfo.InvariantCulture, $".{revision}.partial"));
        DeleteIfThere(partial);
        foreach (var draft in drafts)
        {
            var path = Path.Combine(partial, draft.File);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(draft.Bytes.Span);
            stream.Flush(flushToDisk: true);
        }

        DurableFile.FlushFolder(partial);
        DeleteIfThere(final);
        Directory.Move(partial, final);
        DurableFile.FlushFolder(Path.GetDirectoryName(final)!);
        return
        [
            .. drafts.Select(draft => new ReportRow
            {
                StudyInstanceUid = studyInstanceUid,
                Revision = revision,
                Kind = draft.Kind,
                Uid = draft.Uid,
                Path = Path.GetRelativePath(folder.Path, Path.Combine(final, draft.File)),
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(draft.Bytes.Span)),
            }),
        ];
    }

    private static void DeleteIfThere(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
