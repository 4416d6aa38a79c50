using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace BrainTumorDicom.Classification.Model;

/// <summary>A folder with model.onnx, model.json and MODEL_CARD.md: the weights, and what the service must know to use them.</summary>
public sealed class ModelPackage
{
    /// <summary>File name of the manifest.</summary>
    public const string ManifestFile = "model.json";

    /// <summary>File name of the weights.</summary>
    public const string WeightsFile = "model.onnx";

    private ModelPackage(string folder, ModelManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>model.json, checked.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The weights, whose digest was right when the package was loaded.</summary>
    public string OnnxPath => Path.Combine(Folder, WeightsFile);

    /// <summary>Reads and checks a package, the digest of its weights included.</summary>
    /// <exception cref="FileNotFoundException">The folder, model.json or model.onnx is missing.</exception>
    /// <exception cref="InvalidDataException">model.json is damaged or does not fit, or model.onnx has another digest. The message is one line.</exception>
    public static ModelPackage Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new FileNotFoundException($"The model folder {folder} does not exist. Give the folder of a model package with --model.", folder);
        }

        var manifest = ReadManifest(Existing(folder, ManifestFile));
        using var weights = File.OpenRead(Existing(folder, WeightsFile));
        var digest = Convert.ToHexStringLower(SHA256.HashData(weights));
        return string.Equals(digest, manifest.Sha256, StringComparison.Ordinal)
            ? new ModelPackage(folder, manifest)
            : throw new InvalidDataException(
                $"{weights.Name} is damaged or not the file that {ManifestFile} describes: its SHA-256 is {digest}, not {manifest.Sha256}. Copy the package again.");
    }

    /// <summary>Writes model.onnx and model.json. An older package in the folder is replaced.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="manifest">Checked; its <see cref="ModelManifest.Sha256"/> is set from <paramref name="onnx"/>.</param>
    /// <param name="onnx">The model as serialised.</param>
    /// <exception cref="InvalidDataException">The manifest does not fit together.</exception>
    public static ModelPackage Write(string folder, ModelManifest manifest, ReadOnlySpan<byte> onnx)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        var sealedManifest = manifest with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)) };
        ModelManifestCheck.Check(sealedManifest, ManifestFile);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, WeightsFile), onnx);
        var json = JsonSerializer.Serialize(sealedManifest, ModelManifestContext.Default.ModelManifest);
        File.WriteAllText(Path.Combine(folder, ManifestFile), json + "\n");
        return new ModelPackage(folder, sealedManifest);
    }

    /// <summary>The newest package under the first of <paramref name="roots"/> that has one: the folder whose name ends in the highest number.</summary>
    /// <returns>Its folder, or <see langword="null"/> when there is none.</returns>
    public static string? FindNewest(params IReadOnlyList<string> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        return roots.Where(Directory.Exists)
            .Select(root => Directory.EnumerateDirectories(root)
                .Where(folder => File.Exists(Path.Combine(folder, ManifestFile)))
                .OrderByDescending(TrailingNumber)
                .ThenByDescending(folder => folder, StringComparer.Ordinal)
                .FirstOrDefault())
            .FirstOrDefault(folder => folder is not null);
    }

    /// <summary>The package that came with the program: the newest in a folder <c>models</c> beside it, above it, or in the working folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string FindDefault()
    {
        var roots = new List<string>();
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            roots.Add(Path.Combine(folder.FullName, "models"));
        }

        roots.Add(Path.GetFullPath("models"));
        return FindNewest(roots)
            ?? throw new FileNotFoundException("No model found in a folder models beside the program. Give the folder of a model package with --model.");
    }

    private static int TrailingNumber(string folder)
    {
        var digits = folder[(folder.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"The model folder {folder} has no {file}. Copy the package again, or give another folder with --model.", path);
    }

    private static ModelManifest ReadManifest(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelManifestContext.Default.ModelManifest)
                ?? throw new InvalidDataException($"{path} is empty.");
            ModelManifestCheck.Check(manifest, path);
            return manifest;
        }
        catch (JsonException error)
        {
            var message = error.Message.ReplaceLineEndings(" ");
            throw new InvalidDataException($"{path} is not a valid model manifest: {message}", error);
        }
    }
}
