using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Service.Journal;

namespace BrainTumorDicom.Service.Models;

/// <summary>
/// The models of a data folder: <c>models/DIGEST/</c> is a package, named after the SHA-256 of its model.json (which has that of
/// the weights); <c>models/current</c> holds the digest of the one in use; <c>models/history.json</c> is what was promoted and
/// rolled back. Without <c>current</c> the model that came with the program is in use.
/// </summary>
/// <remarks>
/// Every change is a file that appears whole under its name, on disk before the next step: package, history, pointer. A crash in
/// between leaves the model in use as it was; a last entry of the history that the pointer does not follow never took effect.
/// </remarks>
public sealed class ModelStore
{
    /// <summary>Name of the folder in the data folder.</summary>
    public const string FolderName = "models";

    private const string HistoryFile = "history.json";
    private const string CardFile = "MODEL_CARD.md";
    private static readonly string[] PackageFiles = [ModelPackage.WeightsFile, ModelPackage.ManifestFile, CardFile];

    /// <summary>The models of a data folder, which need not have any, nor be there.</summary>
    public ModelStore(string dataFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        Folder = Path.GetFullPath(Path.Combine(dataFolder, FolderName));
    }

    /// <summary>The folder of the packages.</summary>
    public string Folder { get; }

    /// <summary>The file that names the package in use.</summary>
    public string PointerFile => Path.Combine(Folder, "current");

    /// <summary>The digest of the package in use, as the pointer has it; empty for the one that came with the program.</summary>
    public string Current
    {
        get
        {
            try
            {
                return File.ReadAllText(PointerFile).Trim();
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return "";
            }
        }
    }

    /// <summary>What was done, oldest first; an entry that never took effect is left out.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<ModelChange> History
    {
        get
        {
            var all = ReadHistory();
            return all.Count > 0 && all[^1].Package != Current ? [.. all.SkipLast(1)] : all;
        }
    }

    /// <summary>The digest that names a package: SHA-256 of its model.json, lower-case hexadecimal.</summary>
    public static string DigestOf(ModelPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(package.Folder, ModelPackage.ManifestFile))));
    }

    /// <summary>Reads a package of the store and checks both digests: of model.json against its name, of model.onnx against model.json.</summary>
    /// <exception cref="FileNotFoundException">It is not there, or not whole.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or is not the one that the digest names.</exception>
    public ModelPackage Load(string digest)
    {
        if (digest is not { Length: 64 } || !digest.All(char.IsAsciiHexDigitLower))
        {
            throw new InvalidDataException($"{PointerFile} holds no digest of 64 hexadecimal digits.");
        }

        var package = ModelPackage.Load(Path.Combine(Folder, digest));
        return DigestOf(package) == digest
            ? package
            : throw new InvalidDataException($"{package.Folder} is damaged: the SHA-256 of its {ModelPackage.ManifestFile} is {DigestOf(package)}. Promote the model again.");
    }

    /// <summary>Where the package in use is: in the store, or else the one that came with the program.</summary>
    public string FindCurrent() => Current is { Length: > 0 } digest ? Path.Combine(Folder, digest) : ModelPackage.FindDefault();

    /// <summary>Copies a package in and puts it in use.</summary>
    /// <param name="candidate">Checked and run once by the caller.</param>
    /// <param name="at">Now.</param>
    /// <param name="reason">Why, where the comparison was passed over; else empty.</param>
    /// <param name="comparison">What was measured; else empty.</param>
    /// <param name="frozenSet">What it was measured on; else empty.</param>
    /// <param name="groupsFile">Its groups; else empty.</param>
    /// <returns>The entry of the history; <see langword="null"/> when the package is in use already: the pointer is written again, so that a
    /// service that refused it looks at it once more.</returns>
    /// <exception cref="IOException">The folder cannot be written, or another promotion is under way.</exception>
    public ModelChange? Promote(
        ModelPackage candidate, DateTimeOffset at, string reason = "", string comparison = "", string frozenSet = "", string groupsFile = "")
    {
        ArgumentNullException.ThrowIfNull(candidate);
        using var turn = TakeTurn();
        var digest = DigestOf(candidate);
        CopyIn(candidate, digest);
        if (digest == Current)
        {
            Point(digest);
            return null;
        }

        var manifest = Load(digest).Manifest;
        var change = new ModelChange(
            at, ModelChangeKind.Promoted, digest, Current, manifest.Name, manifest.Version, manifest.Sha256, reason, comparison, frozenSet, groupsFile);
        Take(change);
        return change;
    }

    /// <summary>Puts the model in use that was so before the last promotion; once more, the one before that.</summary>
    /// <exception cref="InvalidOperationException">Nothing was promoted that is not rolled back already.</exception>
    /// <exception cref="InvalidDataException">The package to go back to is damaged; the one in use stays.</exception>
    public ModelChange RollBack(DateTimeOffset at)
    {
        using var turn = TakeTurn();
        var promotions = new Stack<ModelChange>();
        foreach (var change in History)
        {
            if (change.Kind == ModelChangeKind.Promoted)
            {
                promotions.Push(change);
            }
            else
            {
                promotions.TryPop(out _);
            }
        }

        if (!promotions.TryPop(out var last))
        {
            throw new InvalidOperationException($"There is nothing to roll back: no model in {Folder} was promoted.");
        }

        var target = last.Previous.Length > 0 ? Load(last.Previous) : ModelPackage.Load(ModelPackage.FindDefault());
        var back = new ModelChange(
            at, ModelChangeKind.RolledBack, last.Previous, Current, target.Manifest.Name, target.Manifest.Version, target.Manifest.Sha256, "", "", "", "");
        Take(back);
        return back;
    }

    private FileStream TakeTurn()
    {
        Directory.CreateDirectory(Folder);
        try
        {
            return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"{Folder} is being changed by another promote or rollback; try again.", error);
        }
    }

    private void CopyIn(ModelPackage package, string digest)
    {
        var final = Path.Combine(Folder, digest);
        if (Directory.Exists(final) && IsWhole(digest))
        {
            return;
        }

        var partial = Path.Combine(Folder, $".{digest}.partial");
        DeleteIfThere(partial);
        Directory.CreateDirectory(partial);
        foreach (var name in PackageFiles.Where(name => File.Exists(Path.Combine(package.Folder, name))))
        {
            WriteThrough(Path.Combine(partial, name), File.ReadAllBytes(Path.Combine(package.Folder, name)));
        }

        DurableFile.FlushFolder(partial);

        // A damaged package of that name is replaced; whoever has it loaded has it in memory.
        DeleteIfThere(final);
        Directory.Move(partial, final);
        DurableFile.FlushFolder(Folder);
    }

    private bool IsWhole(string digest)
    {
        try
        {
            Load(digest);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return false;
        }
    }

    private void Take(ModelChange change)
    {
        var history = JsonSerializer.SerializeToUtf8Bytes([.. History, change], ModelJson.Default.IReadOnlyListModelChange);
        Replace(Path.Combine(Folder, HistoryFile), history);
        Point(change.Package);
    }

    private void Point(string digest)
    {
        if (digest.Length > 0)
        {
            Replace(PointerFile, Encoding.ASCII.GetBytes(digest + "\n"));
        }
        else
        {
            File.Delete(PointerFile);
            DurableFile.FlushFolder(Folder);
        }
    }

    private IReadOnlyList<ModelChange> ReadHistory()
    {
        var path = Path.Combine(Folder, HistoryFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJson.Default.IReadOnlyListModelChange) ?? [] : [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    /// <summary>A reader sees the old file or the new one, whole; after a crash too.</summary>
    private void Replace(string path, byte[] bytes)
    {
        var partial = path + ".partial";
        WriteThrough(partial, bytes);
        File.Move(partial, path, overwrite: true);
        DurableFile.FlushFolder(Folder);
    }

    private static void WriteThrough(string path, byte[] bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.FlushToDisk(file);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
