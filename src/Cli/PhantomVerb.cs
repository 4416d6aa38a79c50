using System.CommandLine;
using System.Globalization;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Cli;

/// <summary><c>phantom --class NAME --out DIR</c>: a synthetic MR series with known answer.</summary>
internal static class PhantomVerb
{
    internal static Command Create()
    {
        var kind = new Option<string>("--class") { Description = "glioma, meningioma, notumor or pituitary.", HelpName = "NAME", Required = true };
        kind.AcceptOnlyFromAmong([.. Enum.GetValues<PhantomClass>().Select(PhantomSeries.Label)]);
        var folder = new Option<string>("--out") { Description = "Folder for the files; made where it is missing.", HelpName = "DIR", Required = true };
        var slices = new Option<int>("--slices")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"Axial slices over the same head, {PhantomOptions.FewestSlices} to {PhantomOptions.MostSlices}."),
            HelpName = "N",
            DefaultValueFactory = _ => new PhantomOptions().Slices,
        };
        slices.Validators.Add(result =>
        {
            // What is no number at all is reported by the parser itself, after this.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count)
                && count is < PhantomOptions.FewestSlices or > PhantomOptions.MostSlices)
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture,
                    $"--slices {count}: {PhantomOptions.FewestSlices} to {PhantomOptions.MostSlices} are possible."));
            }
        });
        var seed = new Option<int>("--seed") { Description = "Which head: the same seed gives the same files.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var enhanced = new Option<bool>("--enhanced") { Description = "One Enhanced MR image with a frame a slice, instead of a file a slice." };
        var command = new Command("phantom", "Writes a synthetic MR series with known answer, for commissioning.") { kind, folder, slices, seed, enhanced };
        command.SetAction(parsed =>
        {
            var label = parsed.GetRequiredValue(kind);
            var value = Enum.GetValues<PhantomClass>().First(candidate => PhantomSeries.Label(candidate) == label);
            var options = new PhantomOptions(Slices: parsed.GetValue(slices));
            return Run(HeadPhantom.Create(value, parsed.GetValue(seed), options), parsed.GetRequiredValue(folder), parsed.GetValue(enhanced));
        });
        return command;
    }

    private static int Run(HeadPhantom phantom, string folder, bool enhanced)
    {
        var files = enhanced ? [EnhancedPhantom.Write(phantom, folder)] : PhantomSeries.Write(phantom, folder);
        var shown = Enumerable.Range(0, phantom.Options.Slices).Where(slice => phantom.TumorArea(slice) > 0).ToArray();
        var mass = shown.Length == 0 ? "no mass" : $"mass in slices {shown[0] + 1} to {shown[^1] + 1}";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{PhantomSeries.Label(phantom.Class)} phantom, seed {phantom.Seed}: {phantom.Options.Slices} slices of {phantom.SliceSpacing:0.##} mm, {mass}"));
        Console.WriteLine(files.Count == 1 ? files[0] : $"{files[0]} to {Path.GetFileName(files[^1])}");
        return 0;
    }
}
