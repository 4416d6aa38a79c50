namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Command Field (0000,0100) (PS3.7 §E.1). The bit 8000H marks a response.</summary>
internal static class CommandField
{
    internal const ushort StoreRequest = 0x0001;
    internal const ushort FindRequest = 0x0020;
    internal const ushort EchoRequest = 0x0030;
    internal const ushort EventReportRequest = 0x0100;
    internal const ushort ActionRequest = 0x0130;
    internal const ushort CancelRequest = 0x0FFF;
    internal const ushort ResponseBit = 0x8000;
}
