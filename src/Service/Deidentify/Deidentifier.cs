using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Service.Deidentify;

/// <summary>De-identifies MR images by the Basic Application Level Confidentiality Profile (PS3.15 §E.2), without options.</summary>
/// <remarks>
/// Stricter than the table where it is silent: dates, times, names and free text become dummies, addresses and AE titles go, UIDs that are
/// none of the standard's are replaced, and what this edition's dictionary does not know or the sender left as UN goes, for nobody can
/// say what is in it. Pixels stay as they are; an image that says it has annotations burned in is refused.
/// </remarks>
/// <param name="key">Makes UIDs and the patient's pseudonym.</param>
internal sealed class Deidentifier(PseudonymKey key)
{
    private const string Dummy = "ANONYMIZED";

    private static readonly HashSet<string> Images =
        [DicomUid.MRImageStorage.Value, DicomUid.EnhancedMRImageStorage.Value, DicomUid.LegacyConvertedEnhancedMRImageStorage.Value];

    // They name code systems, not things of this study (PS3.3 §8).
    private static readonly HashSet<DicomTag> CodeSystemUids = [DicomTag.CodingSchemeUID, DicomTag.ContextUID, DicomTag.MappingResourceUID];

    /// <summary>Why an image cannot be de-identified, or <see langword="null"/>.</summary>
    public static string? FindRefusal(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return !Images.Contains(dataset.GetString(DicomTag.SOPClassUID) ?? "") ? "not an MR image"
            : string.Equals(dataset.GetString(DicomTag.BurnedInAnnotation), "YES", StringComparison.OrdinalIgnoreCase) ? "Burned In Annotation (0028,0301) is YES"
            : null;
    }

    /// <summary>The pseudonym of the image's patient; where there is no Patient ID, of its study.</summary>
    public string PatientOf(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return key.Patient(dataset.GetString(DicomTag.PatientID) is { Length: > 0 } id
            ? $"{dataset.GetString(DicomTag.IssuerOfPatientID)}\0{id}"
            : dataset.GetString(DicomTag.StudyInstanceUID) ?? "");
    }

    /// <summary>A de-identified copy in the same transfer syntax; the meta information is made anew.</summary>
    /// <exception cref="InvalidOperationException">It is one that <see cref="FindRefusal"/> refuses.</exception>
    public DicomFile Apply(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (FindRefusal(file.Dataset) is { } refusal)
        {
            throw new InvalidOperationException($"The image cannot be de-identified: {refusal}.");
        }

        var dataset = file.Dataset.Clone();
        Clean(dataset);
        dataset.Set(DicomTag.PatientID, PatientOf(file.Dataset));
        dataset.Set(DicomTag.PatientIdentityRemoved, "YES");
        dataset.Set(DicomTag.DeidentificationMethod, "PS3.15 Basic Application Level Confidentiality Profile");
        dataset.Set(DicomTag.LongitudinalTemporalInformationModified, "REMOVED");
        var code = new DicomDataset();
        code.Set(DicomTag.CodeValue, "113100");
        code.Set(DicomTag.CodingSchemeDesignator, "DCM");
        code.Set(DicomTag.CodeMeaning, "Basic Application Confidentiality Profile");
        dataset.SetSequence(DicomTag.DeidentificationMethodCodeSequence, code);
        return new DicomFile(dataset, file.TransferSyntax);
    }

    private void Clean(DicomDataset dataset)
    {
        foreach (var element in dataset.ToArray())
        {
            var action = ActionFor(element);
            if (action is null or ConfidentialityAction.ReplaceUid && element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Clean(item);
                }

                continue;
            }

            switch (action)
            {
                case null:
                    break;
                case ConfidentialityAction.Empty:
                    Replace(dataset, element, "");
                    break;
                case ConfidentialityAction.Dummy when element is DicomValueElement value:
                    Replace(dataset, element, value.Value.IsEmpty ? "" : DummyOf(element.Vr));
                    break;
                case ConfidentialityAction.ReplaceUid:
                    Replace(dataset, element, string.Join('\\', dataset.GetStrings(element.Tag).Select(uid => uid.Length == 0 ? "" : key.Uid(uid))));
                    break;
                default:
                    dataset.Remove(element.Tag);
                    break;
            }
        }
    }

    private static ConfidentialityAction? ActionFor(DicomElement element)
    {
        var tag = element.Tag;
        if (tag.IsPrivate || (tag.Group & 0xFF00) is 0x5000 or 0x6000 || DicomDictionary.Find(tag) is null || element.Vr == DicomVr.UN)
        {
            return ConfidentialityAction.Remove;
        }

        // X/Z in the table: X here, for it is of type 3 in the General Study module, where an empty one is not valid.
        return tag == DicomTag.ReferencedStudySequence ? ConfidentialityAction.Remove : ConfidentialityTable.Find(tag) ?? ActionByVr(element);
    }

    private static ConfidentialityAction? ActionByVr(DicomElement element)
    {
        var vr = element.Vr;
        return vr == DicomVr.DA || vr == DicomVr.TM || vr == DicomVr.DT || vr == DicomVr.PN || vr == DicomVr.LT || vr == DicomVr.ST || vr == DicomVr.UT
                ? ConfidentialityAction.Dummy
            : vr == DicomVr.UC || vr == DicomVr.UR || vr == DicomVr.AE ? ConfidentialityAction.Remove
            : vr == DicomVr.UI && !CodeSystemUids.Contains(element.Tag) && element is DicomValueElement value && !IsOfTheStandard(value)
                ? ConfidentialityAction.ReplaceUid
            : null;
    }

    private static bool IsOfTheStandard(DicomValueElement uids) =>
        Encoding.ASCII.GetString(uids.Value.Span).TrimEnd('\0', ' ').Split('\\').All(uid => uid.Length == 0 || DicomUidDictionary.Find(uid) is not null);

    private static void Replace(DicomDataset dataset, DicomElement element, string text)
    {
        if (element is DicomSequence)
        {
            dataset.SetSequence(element.Tag);
        }
        else
        {
            dataset.SetBytes(element.Tag, element.Vr, text.Length == 0 || element.Vr.IsText ? Encoding.ASCII.GetBytes(text) : new byte[Math.Max(2, element.Vr.UnitSize)]);
        }
    }

    private static string DummyOf(DicomVr vr) =>
        vr == DicomVr.DA ? "19000101"
        : vr == DicomVr.DT ? "19000101000000"
        : vr == DicomVr.TM ? "000000"
        : vr == DicomVr.AS ? "000D"
        : vr == DicomVr.DS || vr == DicomVr.IS ? "0"
        : Dummy;
}
