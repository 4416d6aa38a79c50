using System.CommandLine;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Inspection;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Cli;

/// <summary><c>inspect DIR</c>: what there is to know of a training set before it is trained on.</summary>
internal static class InspectVerb
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "A folder with the folders glioma, meningioma, notumor, pituitary (JPEG, PNG or DICOM files)",
    };

    private static readonly Option<string?> Groups = new("--groups") { Description = "CSV with the columns class, file, group, to compare the groups found with" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the report", DefaultValueFactory = _ => "inspection" };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads; 0 for all" };

    public static Command Create()
    {
        var command = new Command("inspect", "Shows balance, sizes, intensities, unreadable files, copies and leak groups of a training set.") { Folder, Groups, Out, Threads };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = new ReportFolder(parsed.GetRequiredValue(Out));
        var threads = parsed.GetValue(Threads);
        var inspector = new DatasetInspector(parsed.GetRequiredValue(Folder), parsed.GetValue(Groups), threads > 0 ? threads : Environment.ProcessorCount);
        var inspection = Progressing.Run("reading", progress => inspector.Run(progress, cancellationToken));
        InspectionReport.Write(inspection, folder);
        foreach (var look in inspection.Classes)
        {
            Console.WriteLine(FormattableString.Invariant($"{look.Label.Label(),-12}{look.Slices,7} slices in {look.Groups,5} groups"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{inspection.Copies.Sum(copies => copies.Length - 1)} exact copies, {inspection.NearCopies} slices with a near copy, {inspection.GroupCount} groups, {inspection.Misnamed.Length} misnamed files"));
        if (inspection.Comparison is { } table)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"of the table's {table.Pairs} pairs {table.Found} are in one group, {table.Cut} of its {table.Groups} groups are cut"));
        }

        foreach (var warning in InspectionReport.Warnings(inspection))
        {
            Console.WriteLine("! " + warning);
        }

        Console.WriteLine($"Report: {folder.PagePath}");
        return 0;
    }
}
