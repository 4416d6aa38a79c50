namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A-RELEASE-RQ and A-RELEASE-RP (PS3.8 §9.3.6, §9.3.7): four reserved bytes.</summary>
internal static class Release
{
    internal static void WriteRequest(PduBuffer output) => Write(output, PduType.ReleaseRequest);

    internal static void WriteResponse(PduBuffer output) => Write(output, PduType.ReleaseResponse);

    private static void Write(PduBuffer output, PduType type)
    {
        var start = output.BeginPdu(type);
        output.Zeros(4);
        output.EndPdu(start);
    }
}
