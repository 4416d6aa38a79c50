using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Inspection;

/// <summary>What there is to know of a set before it is trained on.</summary>
/// <param name="Folder">The set.</param>
/// <param name="Classes">By class.</param>
/// <param name="Sizes">Rows, columns and how many slices have them, the most frequent first.</param>
/// <param name="Encodings">How many slices are stored in each way.</param>
/// <param name="Planes">Guessed planes by class.</param>
/// <param name="Unreadable">Files that could not be read, each with its reason.</param>
/// <param name="Misnamed">Files whose name says another format than their content.</param>
/// <param name="Foreign">What lies outside the class folders.</param>
/// <param name="Copies">Groups of slices with the very same pixels, by name.</param>
/// <param name="Contradictions">Groups of copies and near copies in which one picture has two classes, by name.</param>
/// <param name="NearCopies">Slices that have at least one near copy.</param>
/// <param name="Groups">The group of each slice, in the order of their names.</param>
/// <param name="Names">The slices, such as <c>glioma/a.jpg</c>.</param>
/// <param name="Comparison">With a table of groups, when one was given.</param>
/// <param name="ShortcutAccuracy">How often size and encoding of the file alone give the class away: slices alike in both are told by the most frequent class among them.</param>
/// <param name="MajorityAccuracy">How often the most frequent class is right: what a shortcut must be compared with.</param>
public sealed record DatasetInspection(
    string Folder,
    ImmutableArray<ClassPicture> Classes,
    ImmutableArray<(int Rows, int Columns, int Count)> Sizes,
    ImmutableArray<(SliceEncoding Encoding, int Count)> Encodings,
    ImmutableArray<(TumorClass Label, SlicePlane Plane, int Count)> Planes,
    ImmutableArray<string> Unreadable,
    ImmutableArray<string> Misnamed,
    ImmutableArray<string> Foreign,
    ImmutableArray<ImmutableArray<string>> Copies,
    ImmutableArray<ImmutableArray<string>> Contradictions,
    int NearCopies,
    ImmutableArray<int> Groups,
    ImmutableArray<string> Names,
    GroupComparison? Comparison,
    double ShortcutAccuracy,
    double MajorityAccuracy)
{
    /// <summary>Rows and columns of the pictures by class.</summary>
    public const int PictureSize = 64;

    /// <summary>How many groups there are.</summary>
    public int GroupCount => Groups.Distinct().Count();

    /// <summary>How many slices share a group with another.</summary>
    public int Grouped => Groups.CountBy(group => group).Where(group => group.Value > 1).Sum(group => group.Value);
}
