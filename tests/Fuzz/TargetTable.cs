using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Fuzz.Targets;

namespace BrainTumorDicom.Fuzz;

/// <summary>Everything that is fuzzed. A new reader of strangers' bytes is one line here.</summary>
internal static class TargetTable
{
    /// <summary>Transfer syntaxes without compressed pixels.</summary>
    internal static IReadOnlyList<DicomTransferSyntax> Native { get; } =
    [
        DicomTransferSyntax.ImplicitVrLittleEndian, DicomTransferSyntax.ExplicitVrLittleEndian, DicomTransferSyntax.ExplicitVrBigEndian,
        DicomTransferSyntax.DeflatedExplicitVrLittleEndian,
    ];

    /// <summary>The targets.</summary>
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        PduTarget.Create(),
        DimseTarget.Create(),
        AssociationTarget.Create(),
        DatasetTarget.Create("dataset-implicit", DicomTransferSyntax.ImplicitVrLittleEndian),
        DatasetTarget.Create("dataset-explicit", DicomTransferSyntax.ExplicitVrLittleEndian),
        DatasetTarget.Create("dataset-big-endian", DicomTransferSyntax.ExplicitVrBigEndian),
        DatasetTarget.Create("dataset-deflated", DicomTransferSyntax.DeflatedExplicitVrLittleEndian),
        DatasetTarget.Create("dataset-encapsulated", DicomTransferSyntax.RleLossless),
        FileTarget.Create(),
        CharacterSetTarget.Create(),
        PixelTarget.Create("pixels-native", DicomUid.ExplicitVRLittleEndian),
        PixelTarget.Create("pixels-rle", DicomUid.RLELossless),
        PixelTarget.Create("pixels-jpeg-baseline", DicomUid.JPEGBaseline8Bit),
        PixelTarget.Create("pixels-jpeg-extended", DicomUid.JPEGExtended12Bit),
        PixelTarget.Create("pixels-jpeg-lossless", DicomUid.JPEGLosslessSV1),
        PixelTarget.Create("pixels-jpeg-ls", DicomUid.JPEGLSLossless, byLibrary: true),
        PixelTarget.Create("pixels-jpeg-2000", DicomUid.JPEG2000Lossless, byLibrary: true),
        ImageTarget.Jpeg(),
        ImageTarget.Png(),
        JournalTarget.Create(),
        StowTarget.Create(),
        OperationOutcomeTarget.Create(),
        FhirAnswerTarget.Create(),
        Hl7AcknowledgementTarget.Create(),
    ];
}
