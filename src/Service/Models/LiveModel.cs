using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Service.Hosting;

namespace BrainTumorDicom.Service.Models;

/// <summary>The model in use. It may change between two studies, never within one: a study takes a <see cref="ModelLease"/>.</summary>
internal sealed class LiveModel : IDisposable
{
    private readonly ModelOptions options;
    private readonly ModelStore store;
    private LoadedModel current;

    private LiveModel(ModelOptions options, ModelStore store, LoadedModel current)
    {
        this.options = options;
        this.store = store;
        this.current = current;
    }

    /// <summary>Whether the model follows what is promoted; a folder given by configuration stays.</summary>
    public bool Follows => options.Folder.Length == 0;

    /// <summary>Digest of the package in use; empty for one that is not of the store.</summary>
    public string Package => Volatile.Read(ref current).Package;

    /// <summary>The model in use, as findings name it.</summary>
    public ModelIdentity Identity => Volatile.Read(ref current).Classifier.Identity;

    /// <summary>The last package that was promoted and could not be taken; <see langword="null"/> when there is none since the start, or a later one was taken.</summary>
    public ModelRefusal? LastRefusal { get; private set; }

    /// <summary>Loads the model to start with: the folder of the configuration, else the promoted one, else the one that came with the program.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="InvalidOperationException">The device asked for is not there.</exception>
    public static LiveModel Load(ModelOptions options, ModelStore store)
    {
        var promoted = options.Folder.Length == 0 ? store.Current : "";
        try
        {
            var package = options.Folder.Length > 0 ? ModelPackage.Load(Path.GetFullPath(options.Folder))
                : promoted.Length > 0 ? store.Load(promoted)
                : ModelPackage.Load(ModelPackage.FindDefault());
            return new LiveModel(options, store, new LoadedModel(Classifier.Load(package, options.Device, options.Threads), promoted));
        }
        catch (Exception error) when (promoted.Length > 0 && error is InvalidDataException or FileNotFoundException)
        {
            // Another model than the promoted one would answer in its name.
            throw new InvalidDataException($"The promoted model cannot be used: {error.Message} rollback puts the one before it back; --model DIR gives another.", error);
        }
    }

    /// <summary>Takes the model in use for one study; the caller disposes the lease when the study is analysed.</summary>
    public ModelLease Take()
    {
        while (true)
        {
            var model = Volatile.Read(ref current);
            if (model.TryAdd())
            {
                return new ModelLease(model);
            }
        }
    }

    /// <summary>Loads a package beside the one in use, runs it once, and puts it in use for the next study. Where that fails, the one in use stays.</summary>
    /// <param name="package">Its digest in the store; empty for the one that came with the program.</param>
    /// <param name="at">Now.</param>
    /// <returns>Why it was not taken, or <see langword="null"/>.</returns>
    public ModelRefusal? Switch(string package, DateTimeOffset at)
    {
        try
        {
            var read = package.Length > 0 ? store.Load(package) : ModelPackage.Load(ModelPackage.FindDefault());
            var next = new LoadedModel(Classifier.Load(read, options.Device, options.Threads), package);
            Interlocked.Exchange(ref current, next).Release();
            return LastRefusal = null;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return LastRefusal = new ModelRefusal(at, package, error.Message.ReplaceLineEndings(" "));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Volatile.Read(ref current).Release();
}
