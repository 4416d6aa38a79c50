namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>One response to what a client asked.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ErrorComment">What the peer says besides.</param>
/// <param name="DataSet">A copy of its data set; empty where it has none.</param>
/// <param name="DataSetOverflowed">Whether the data set was larger than a response may be, and was dropped.</param>
internal readonly record struct ClientResponse(DimseStatus Status, string? ErrorComment, ReadOnlyMemory<byte> DataSet, bool DataSetOverflowed);
