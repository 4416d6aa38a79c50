using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Images;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Inspection;

/// <summary>Writes an inspection as a page with pictures, JSON, PNG files and a table of leak groups.</summary>
public static class InspectionReport
{
    /// <summary>The table of groups, as <c>train --groups</c> takes it.</summary>
    public const string GroupsFile = "groups.csv";

    private const int PictureSide = 192;
    private const int MostListed = 60;

    /// <summary>Writes everything.</summary>
    public static void Write(DatasetInspection inspection, ReportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(folder);
        var page = new HtmlReport($"Set {inspection.Folder}");
        Overview(page, inspection);
        Balance(page, inspection);
        Pictures(page, inspection, folder);
        Files(page, inspection);
        Leaks(page, inspection, folder);
        folder.Write(page, InspectionJson.Of(inspection));
        GroupFile.Write(Path.Combine(folder.Path, GroupsFile), inspection.Names.Zip(inspection.Groups));
    }

    private static void Overview(HtmlReport page, DatasetInspection inspection)
    {
        page.Paragraph(Text($"{inspection.Names.Length} slices in {inspection.GroupCount} groups that a split must not part; {inspection.Grouped} slices share a group with another."));
        foreach (var warning in Warnings(inspection))
        {
            page.Warning(warning);
        }
    }

    /// <summary>What a person should know before training on the set.</summary>
    public static IEnumerable<string> Warnings(DatasetInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        foreach (var look in inspection.Classes.Where(look => look.Slices == 0))
        {
            yield return $"{look.Label.Label()} has no slices that can be read: a training needs all of {string.Join(", ", TumorClasses.Labels)}.";
        }

        if (inspection.Unreadable.Length > 0)
        {
            yield return Text($"{inspection.Unreadable.Length} files cannot be read, the first: {inspection.Unreadable[0]}");
        }

        if (inspection.Contradictions.Length > 0)
        {
            yield return Text($"{inspection.Contradictions.Length} pictures appear under two classes: look at them and keep one label.");
        }

        if (inspection.ShortcutAccuracy > inspection.MajorityAccuracy + 0.1)
        {
            yield return Text($"Size and encoding of the files alone give the class away in {inspection.ShortcutAccuracy:P1} of the slices (the most frequent class: {inspection.MajorityAccuracy:P1}). A network can learn that instead of the disease: test it on other sources.");
        }
    }

    private static void Balance(HtmlReport page, DatasetInspection inspection)
    {
        page.Heading("Classes");
        page.Table(
            ["class", "slices", "part", "groups", "weight in a balanced loss"],
            inspection.Classes.Select(look => (IReadOnlyList<string>)[look.Label.Label(), Text($"{look.Slices}"), Text($"{Part(look.Slices, inspection):P1}"), Text($"{look.Groups}"), Text($"{look.Weight:F2}")]));
        page.Chart(SvgChart.Bars([.. inspection.Classes.Select(look => (look.Label.Label(), (double)look.Slices))], "class", "slices"), "Slices of each class");
        page.Chart(
            SvgChart.Bars([.. inspection.Sizes.Take(12).Select(size => (Text($"{size.Columns}x{size.Rows}"), (double)size.Count))], "columns x rows", "slices"),
            Text($"The most frequent of {inspection.Sizes.Length} sizes"));
        page.Table(
            ["stored as", "slices"], inspection.Encodings.Select(entry => (IReadOnlyList<string>)[entry.Encoding.ToString(), Text($"{entry.Count}")]));
        page.Table(
            ["class", .. Enum.GetNames<SlicePlane>().Select(name => name + " (guessed)")],
            inspection.Classes.Select(look => (IReadOnlyList<string>)
            [
                look.Label.Label(),
                .. Enum.GetValues<SlicePlane>().Select(plane => Text($"{inspection.Planes.Where(entry => entry.Label == look.Label && entry.Plane == plane).Sum(entry => entry.Count)}")),
            ]));
    }

    private static void Pictures(HtmlReport page, DatasetInspection inspection, ReportFolder folder)
    {
        const int Size = DatasetInspection.PictureSize;
        page.Heading("Intensity");
        page.Paragraph("Each slice as the network gets it: the head as a square. The mean shows where a class is bright, the deviation where its slices differ. Black is the least, white the most of each picture.");
        var present = inspection.Classes.Where(look => look.Slices > 0).ToArray();
        foreach (var look in present)
        {
            var mean = SlicePicture.Heat(look.Mean.AsMemory(), Size, Size, PictureSide, PictureSide).ToPng();
            var deviation = SlicePicture.Heat(look.Deviation.AsMemory(), Size, Size, PictureSide, PictureSide).ToPng();
            folder.WriteBytes($"mean-{look.Label.Label()}.png", mean);
            folder.WriteBytes($"deviation-{look.Label.Label()}.png", deviation);
            page.Image(mean, $"{look.Label.Label()}: mean");
            page.Image(deviation, $"{look.Label.Label()}: standard deviation");
        }

        page.Chart(
            SvgChart.Lines(
                [.. present.Select(look => new ChartSeries(look.Label.Label(), [.. look.Histogram.Select((part, i) => (X: (i + 0.5) / look.Histogram.Length, Y: part)).Skip(1)]))],
                "grey, 0 black to 1 white",
                "part of the pixels"),
            "Grey values of each class, without black");
        var bins = present.SelectMany(look => look.Histogram.Skip(1).Select(part => (float)Math.Log10(part + 1e-5))).ToArray();
        if (present.Length > 0)
        {
            var columns = bins.Length / present.Length;
            var picture = SlicePicture.Heat(bins, present.Length, columns, present.Length * 32, columns * 8).ToPng();
            folder.WriteBytes("intensity.png", picture);
            page.Image(picture, $"Grey values from dark to bright (left to right), one row a class: {string.Join(", ", present.Select(look => look.Label.Label()))}; logarithmic");
        }
    }

    private static void Files(HtmlReport page, DatasetInspection inspection)
    {
        Listed(page, "Files that cannot be read", inspection.Unreadable);
        Listed(page, "Files that are not what their name says (they are read by content)", inspection.Misnamed);
        Listed(page, "Outside the class folders, not looked at", inspection.Foreign);
    }

    private static void Leaks(HtmlReport page, DatasetInspection inspection, ReportFolder folder)
    {
        page.Heading("Copies and leak groups");
        page.Paragraph(Text($"{inspection.Copies.Sum(copies => copies.Length - 1)} slices are exact copies of another, in {inspection.Copies.Length} groups; {inspection.NearCopies} slices have a near copy (256-bit difference hash, and correlation of small versions); neighbours in a series are recognised by likeness and by the number in the file's name. All of them are in {GroupsFile}, which train takes with --groups; without it, train finds the same groups by itself."));
        if (inspection.Comparison is { } table)
        {
            page.Paragraph(Text($"Compared with the given table: {table.Found} of its {table.Pairs} pairs of slices are in one group here too ({Ratio(table.Found, table.Pairs):P2}), and {table.Cut} of its {table.Groups} groups are cut. It does not name {table.Unlisted} of the slices."));
        }

        var largest = inspection.Names.Zip(inspection.Groups).GroupBy(pair => pair.Second).OrderByDescending(group => group.Count()).Take(12);
        page.Table(["group", "slices", "of them"], largest.Where(group => group.Count() > 1).Select(group =>
            (IReadOnlyList<string>)[Text($"{group.Key}"), Text($"{group.Count()}"), string.Join(", ", group.Take(6).Select(pair => pair.First))]));
        if (inspection.Contradictions.Length > 0)
        {
            page.Subheading("One picture, two classes");
            page.List(inspection.Contradictions.Take(MostListed).Select(names => string.Join(" = ", names)));
            var tiles = inspection.Contradictions.Take(8).SelectMany(names => names.Take(2)).Select(name => Tile(inspection.Folder, name)).OfType<(Picture, string, string)>().ToArray();
            var sheet = ContactSheet.Of(tiles, columns: 8).ToPng();
            folder.WriteBytes("contradictions.png", sheet);
            page.Image(sheet, "The first of them, side by side");
        }
    }

    private static (Picture Picture, string First, string Second)? Tile(string folder, string name)
    {
        try
        {
            var slice = ImageFile.Read(Path.Combine(folder, name));
            var brightest = Math.Max(1, slice.Values.Max());
            return (Picture.Of(96, 96, (row, column) => Rgb.Gray(slice.Values[((int)(row * slice.Rows) * slice.Columns) + (int)(column * slice.Columns)] / brightest)), Path.GetDirectoryName(name) ?? "", Path.GetFileName(name));
        }
        catch (ImageFormatException)
        {
            // A DICOM file: named in the list, not shown.
            return null;
        }
    }

    private static void Listed(HtmlReport page, string title, IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            page.Heading(title);
            page.List(names.Take(MostListed));
            page.Note(names.Count > MostListed ? Text($"{names.Count} in all; the others are in {ReportFolder.JsonFile}.") : Text($"{names.Count} in all."));
        }
    }

    private static double Part(int slices, DatasetInspection inspection) => Ratio(slices, inspection.Names.Length);

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
