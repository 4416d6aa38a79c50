using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports.Modules;

/// <summary>Patient (PS3.3 §C.7.1.1), General Study (§C.7.2.1) and Patient Study (§C.7.2.2), carried over from the source.</summary>
internal static class PatientModules
{
    /// <summary>Writes what is known; type 2 attributes are there in any case.</summary>
    public static void Write(SourceStudy source, string studyInstanceUid, DicomDataset dataset)
    {
        dataset.Set(DicomTag.PatientName, source.PatientName);
        dataset.Set(DicomTag.PatientID, source.PatientId);
        dataset.Set(DicomTag.PatientBirthDate, source.BirthDate);
        dataset.Set(DicomTag.PatientSex, source.Sex);
        SetIfKnown(dataset, DicomTag.PatientAge, source.Age);
        if (source.PatientId.Length > 0)
        {
            SetIfKnown(dataset, DicomTag.IssuerOfPatientID, source.IssuerOfPatientId);
            if (source.IssuerQualifiers is { Id.Length: > 0, Type.Length: > 0 } issuer)
            {
                var item = new DicomDataset();
                item.Set(DicomTag.UniversalEntityID, issuer.Id);
                item.Set(DicomTag.UniversalEntityIDType, issuer.Type);
                dataset.SetSequence(DicomTag.IssuerOfPatientIDQualifiersSequence, item);
            }
        }

        if (!source.OtherPatientIds.IsEmpty)
        {
            dataset.SetSequence(DicomTag.OtherPatientIDsSequence, [.. source.OtherPatientIds.Select(OtherPatientId)]);
        }

        if (source.DeidentificationMethod.Length > 0)
        {
            dataset.Set(DicomTag.PatientIdentityRemoved, "YES");
            dataset.Set(DicomTag.DeidentificationMethod, source.DeidentificationMethod);
        }

        dataset.Set(DicomTag.StudyInstanceUID, studyInstanceUid);
        dataset.Set(DicomTag.StudyDate, source.StudyDate);
        dataset.Set(DicomTag.StudyTime, source.StudyTime);
        dataset.Set(DicomTag.StudyID, source.StudyId);
        dataset.Set(DicomTag.AccessionNumber, source.AccessionNumber);
        dataset.Set(DicomTag.ReferringPhysicianName, source.ReferringPhysicianName);
        SetIfKnown(dataset, DicomTag.StudyDescription, source.StudyDescription);
        if (!source.ProcedureCodes.IsEmpty)
        {
            dataset.SetSequence(DicomTag.ProcedureCodeSequence, [.. source.ProcedureCodes.Select(ContentItemEncoder.Encode)]);
        }
    }

    private static DicomDataset OtherPatientId((string Id, string Issuer, string Type) other)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.PatientID, other.Id);
        SetIfKnown(item, DicomTag.IssuerOfPatientID, other.Issuer);
        item.Set(DicomTag.TypeOfPatientID, other.Type.Length > 0 ? other.Type : "TEXT");
        return item;
    }

    private static void SetIfKnown(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length > 0)
        {
            dataset.Set(tag, value);
        }
    }
}
