using System.Text.Json;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using Microsoft.AspNetCore.Http;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>How the instances of one request went: the Store Instances Response Module (PS3.18 Table I.1-1).</summary>
internal sealed class StowResult
{
    private readonly List<DicomDataset> stored = [];
    private readonly List<DicomDataset> failed = [];
    private readonly List<DicomDataset> others = [];

    /// <summary>How many were stored.</summary>
    public int Stored => stored.Count;

    /// <summary>How many were not.</summary>
    public int Failed => failed.Count + others.Count;

    /// <summary>200 when all are stored, 202 when some are, 409 when none is (PS3.18 Table 10.5.3-1); 400 when there was none.</summary>
    public int HttpStatus => (Stored, Failed) switch
    {
        (0, 0) => StatusCodes.Status400BadRequest,
        (_, 0) => StatusCodes.Status200OK,
        (0, _) => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status202Accepted,
    };

    /// <summary>Adds an instance with its status: a Failure Reason of PS3.18 Table I.2-2 has the value of the DIMSE status.</summary>
    public void Add(string sopClassUid, string sopInstanceUid, DimseStatus status)
    {
        var item = new DicomDataset();
        if (!status.IsSuccess)
        {
            item.Set(DicomTag.FailureReason, status.Code);
        }

        if (sopInstanceUid.Length == 0)
        {
            // What cannot be named goes here.
            others.Add(item);
            return;
        }

        item.Set(DicomTag.ReferencedSOPClassUID, sopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, sopInstanceUid);
        (status.IsSuccess ? stored : failed).Add(item);
    }

    /// <summary>As DICOM JSON (PS3.18 Annex F).</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var response = new DicomDataset();

        // Nothing can be retrieved from here.
        response.SetEmpty(DicomTag.RetrieveURL);
        AddSequence(response, DicomTag.ReferencedSOPSequence, stored);
        AddSequence(response, DicomTag.FailedSOPSequence, failed);
        AddSequence(response, DicomTag.OtherFailuresSequence, others);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            DicomJsonWriter.Write(response, json);
        }

        return bytes.ToArray();
    }

    private static void AddSequence(DicomDataset response, DicomTag tag, List<DicomDataset> items)
    {
        if (items.Count > 0)
        {
            response.SetSequence(tag, [.. items]);
        }
    }
}
