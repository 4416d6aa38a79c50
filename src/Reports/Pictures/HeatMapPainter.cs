using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>Draws heat maps. Labels stand above and below the panels, never on the anatomy, each at least 4 % of the picture's height.</summary>
public static class HeatMapPainter
{
    /// <summary>What the colours are not.</summary>
    public const string Legend = "ATTENTION MAP, NOT A TUMOR BOUNDARY";

    // Two panels of 512 with a gap; two lines and a caption above, a strip and two lines below. 28 of 698 rows are 4 %.
    internal const int Panel = 512;
    internal const int PanelTop = 90;
    internal const int MapLeft = Panel + Gap;
    internal const int Width = (2 * Panel) + Gap;
    internal const int Height = 698;
    internal const int LabelScale = 4;
    private const int Gap = 16;
    private const int CaptionScale = 2;
    private const int StripTop = PanelTop + Panel + 6;
    private const int Margin = 8;

    /// <summary>The pictures of the key slices that have an attention map and room for their label, strongest first.</summary>
    public static ImmutableArray<HeatMap> Draw(Finding finding, ImmutableArray<KeyImage> images)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var maps = ImmutableArray.CreateBuilder<HeatMap>(images.Length);
        foreach (var image in images)
        {
            // A picture that cannot say what it is does not exist.
            if (image.Slice.Attention is { } attention && Label(finding.Model, image.Slice) is { } label)
            {
                maps.Add(Draw(image, attention, label, maps.Count + 1, KeySlices.Of(finding).Length));
            }
        }

        return maps.ToImmutable();
    }

    /// <summary>DERIVED, model version and slice on one line; the model's name is cut where they are too long, the rest never.</summary>
    /// <returns><see langword="null"/> when there is no room.</returns>
    internal static string? Label(ModelIdentity model, SliceFinding slice)
    {
        const string begin = "DERIVED - ";
        var room = (Width - (2 * Margin)) / (BitmapFont.Advance * LabelScale);
        var end = $"{model.Version} - {SliceName(slice)}";
        var left = room - begin.Length - end.Length;
        return left < 0 ? null : left < 2 ? begin + end : $"{begin}{Cut(model.Name, left - 1)} {end}";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static string SliceName(SliceFinding slice) => slice switch
    {
        { FrameNumber: { } frame, InstanceNumber: { } instance } => string.Create(CultureInfo.InvariantCulture, $"IMAGE {instance} FRAME {frame}"),
        { FrameNumber: { } frame } => string.Create(CultureInfo.InvariantCulture, $"FRAME {frame}"),
        { InstanceNumber: { } instance } => string.Create(CultureInfo.InvariantCulture, $"SLICE {instance}"),
        _ => "SLICE WITHOUT NUMBER",
    };

    private static HeatMap Draw(KeyImage image, AttentionMap attention, string label, int number, int count)
    {
        var bitmap = new Bitmap(Width, Height);
        var plane = new PicturePlane(image, Panel);
        WriteLabel(bitmap, SafetyText.Short, 4);
        WriteLabel(bitmap, label, 38);
        bitmap.Write(string.Create(CultureInfo.InvariantCulture, $"Original slice, key image {image.Rank} of {count}"), Margin, 72, CaptionScale, Rgb.White);
        bitmap.Write($"Attention for {Narrative.Name(attention.Class)}", MapLeft + Margin, 72, CaptionScale, Rgb.White);
        Panels(bitmap, plane, attention);
        Scale(bitmap, plane);
        ColorBar(bitmap);
        WriteLabel(bitmap, Legend, 634);
        WriteLabel(bitmap, label, 668);
        return new HeatMap(
            image,
            number,
            bitmap,
            label,
            plane.HasSpacing ? plane.Spacing : null,
            plane.HasPosition ? plane.Position(-MapLeft, -PanelTop) : []);
    }

    private static void WriteLabel(Bitmap bitmap, string text, int y) => bitmap.Write(text, Margin, y, LabelScale, Rgb.White);

    private static void Panels(Bitmap bitmap, PicturePlane plane, AttentionMap attention)
    {
        for (var y = 0; y < Panel; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < Panel; x++)
            {
                var column = plane.Column(x);
                if (plane.Gray(row, column, attention.Range) is { } gray)
                {
                    bitmap.Set(x, PanelTop + y, Rgb.Gray(gray));
                    bitmap.Set(MapLeft + x, PanelTop + y, AttentionColors.Over(gray, attention.At(row, column) ?? 0));
                }
            }
        }
    }

    /// <summary>A ruler in cm, where the spacing is known and a whole number of them fits.</summary>
    private static void Scale(Bitmap bitmap, PicturePlane plane)
    {
        int[] lengths = [10, 5, 2, 1];
        var centimetre = 10 / plane.Spacing;
        if (!plane.HasSpacing || Array.Find(lengths, length => length * centimetre <= 300) is not (> 0 and var chosen))
        {
            return;
        }

        var end = (int)Math.Round(chosen * centimetre);
        bitmap.Fill(Margin, StripTop + 14, end, 2, Rgb.White);
        for (var tick = 0; tick <= chosen; tick++)
        {
            bitmap.Fill(Margin + (int)Math.Round(tick * centimetre), StripTop + 4, 2, 12, Rgb.White);
        }

        bitmap.Write(string.Create(CultureInfo.InvariantCulture, $"{chosen} cm"), Margin + end + 12, StripTop + 2, CaptionScale, Rgb.White);
    }

    private static void ColorBar(Bitmap bitmap)
    {
        const int length = 200;
        const int left = MapLeft + Margin + 72;
        bitmap.Write("Least", MapLeft + Margin, StripTop + 2, CaptionScale, Rgb.White);
        bitmap.Fill(left - 1, StripTop + 1, length + 2, 16, Rgb.White);
        for (var x = 0; x < length; x++)
        {
            bitmap.Fill(left + x, StripTop + 2, 1, 14, AttentionColors.Over(0.4, x / (length - 1.0)));
        }

        bitmap.Write("Most in this slice", left + length + 12, StripTop + 2, CaptionScale, Rgb.White);
    }
}
