using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports;

/// <summary>Source headers for the tests: as a scanner writes them, in the character sets of the world, and as nobody should.</summary>
internal static class Sources
{
    public static DicomDataset Typical()
    {
        var header = new DicomDataset();
        header.Set(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        header.Set(DicomTag.PatientName, "Doe^Jane^Q");
        header.Set(DicomTag.PatientID, "PID-1");
        header.Set(DicomTag.IssuerOfPatientID, "HOSPITAL");
        header.Set(DicomTag.PatientBirthDate, "19600229");
        header.Set(DicomTag.PatientSex, "F");
        header.Set(DicomTag.PatientAge, "066Y");
        header.Set(DicomTag.StudyInstanceUID, Findings.Study);
        header.Set(DicomTag.StudyDate, "20261120");
        header.Set(DicomTag.StudyTime, "142530.25");
        header.Set(DicomTag.StudyID, "S1");
        header.Set(DicomTag.StudyDescription, "MR brain with contrast");
        header.Set(DicomTag.AccessionNumber, "ACC-77");
        header.Set(DicomTag.ReferringPhysicianName, "Smith^John");
        header.Set(DicomTag.BodyPartExamined, "BRAIN");
        header.Set(DicomTag.Modality, "MR");
        header.Set(DicomTag.TimezoneOffsetFromUTC, "+0100");
        var request = new DicomDataset();
        request.Set(DicomTag.RequestedProcedureID, "RP1");
        request.Set(DicomTag.RequestedProcedureDescription, "MRI head");
        header.SetSequence(DicomTag.RequestAttributesSequence, request);
        return header;
    }

    /// <summary>The name as a source in <paramref name="characterSet"/> carries it.</summary>
    public static DicomDataset In(string characterSet, string name)
    {
        var header = Typical();
        header.Set(DicomTag.SpecificCharacterSet, characterSet.Split('\\'));
        header.Set(DicomTag.PatientName, name);
        return header;
    }

    /// <summary>Every value breaks its representation.</summary>
    public static DicomDataset Broken()
    {
        var header = new DicomDataset();
        Raw(header, DicomTag.SpecificCharacterSet, DicomVr.CS, "ISO_IR 999");
        Raw(header, DicomTag.PatientName, DicomVr.PN, new string('N', 300) + "^" + new string('G', 90) + "^\u0007^a^b^c^d=x=y=z=w");
        Raw(header, DicomTag.PatientID, DicomVr.LO, new string('9', 90));
        Raw(header, DicomTag.IssuerOfPatientID, DicomVr.LO, "A\\B");
        Raw(header, DicomTag.PatientBirthDate, DicomVr.DA, "19601399");
        Raw(header, DicomTag.PatientSex, DicomVr.CS, "female");
        Raw(header, DicomTag.PatientAge, DicomVr.AS, "66");
        Raw(header, DicomTag.StudyDate, DicomVr.DA, "2026.11.20");
        Raw(header, DicomTag.StudyTime, DicomVr.TM, "14:25:99");
        Raw(header, DicomTag.StudyID, DicomVr.SH, "a study id that is far too long for SH");
        Raw(header, DicomTag.StudyDescription, DicomVr.LO, "line one\r\nline two " + new string('x', 100));
        Raw(header, DicomTag.AccessionNumber, DicomVr.SH, "ACCESSION NUMBER OF MORE THAN SIXTEEN");
        Raw(header, DicomTag.ReferringPhysicianName, DicomVr.PN, "\0\0");
        Raw(header, DicomTag.TimezoneOffsetFromUTC, DicomVr.SH, "UTC+1");
        var code = new DicomDataset();
        Raw(code, DicomTag.CodeValue, DicomVr.SH, "X");
        header.SetSequence(DicomTag.ProcedureCodeSequence, code, new DicomDataset());
        header.SetSequence(DicomTag.OtherPatientIDsSequence, new DicomDataset());
        header.SetSequence(DicomTag.RequestAttributesSequence, new DicomDataset());
        return header;
    }

    private static void Raw(DicomDataset dataset, DicomTag tag, DicomVr vr, string text) =>
        dataset.SetBytes(tag, vr, System.Text.Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + " "));
}
