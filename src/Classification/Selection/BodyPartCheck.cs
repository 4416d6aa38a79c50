using System.Collections.Frozen;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Whether the headers say that a series shows something other than a head. Saying nothing is accepted.</summary>
internal static class BodyPartCheck
{
    private static readonly FrozenSet<string> HeadWords = FrozenSet.ToFrozenSet(
    [
        "head", "brain", "skull", "cranium", "crane", "cranio", "neuro", "cerebrum", "cerebral", "encephalon", "pituitary", "sella", "hypophysis",
        "hypophyse", "iac", "iam", "orbit", "orbits", "kopf", "schaedel", "schadel", "gehirn", "hirn", "tete", "cerveau", "cerebro", "encefalo",
        "cabeza", "testa", "glioma", "meningioma", "headneck", "hippocampus", "epilepsy",
    ]);

    private static readonly FrozenSet<string> OtherWords = FrozenSet.ToFrozenSet(
    [
        "cspine", "tspine", "lspine", "ctspine", "tlspine", "lsspine", "neck", "carotid", "carotids", "larynx", "chest", "thorax", "heart", "breast",
        "lung", "liver", "kidney", "hip", "hips", "leg", "legs", "arm", "foot", "feet", "hand", "hands", "toe", "finger", "thigh", "calf", "femur", "tibia",
        "humerus", "forearm", "extremity", "uterus", "rectum", "fetus", "fetal", "tmj", "wholebody", "hals", "knie", "fuss", "becken",
    ]);

    /// <summary>The field that names another body part, and the word; <see langword="null"/> when none does, or a head is named first.</summary>
    /// <remarks>
    /// Asked in turn: series description, body part examined with the anatomic region, protocol name, study description. The first
    /// that names a head or another part decides: in a study of head and spine Body Part Examined is often left at the first.
    /// </remarks>
    public static string? OtherPart(SliceHeader header)
    {
        ReadOnlySpan<(string Field, string Value)> fields =
        [
            ("Series Description", header.SeriesDescription),
            ("Body Part Examined", header.BodyPart),
            ("Protocol Name", header.ProtocolName),
            ("Study Description", header.StudyDescription),
        ];
        foreach (var (field, value) in fields)
        {
            var words = new HeaderWords(value);
            if (words.FirstOf(HeadWords) is not null || words.FirstPart("brain", "cranial") is not null)
            {
                return null;
            }

            var other = words.FirstOf(OtherWords) ?? words.FirstPart(
                "spine", "spinal", "knee", "shoulder", "ankle", "wrist", "elbow", "abdom", "pelvi", "prostat", "cardiac", "lumbar", "cervic", "thorac", "mammo", "wirbels", "myelo");
            if (other is not null)
            {
                return $"{field} names {other}";
            }
        }

        return null;
    }
}
