namespace BrainTumorDicom.Training.Graph;

/// <summary>Element types of graph values, with the numbers of ONNX TensorProto.DataType.</summary>
internal enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>64-bit integer: labels, shapes, indices.</summary>
    Int64 = 7,

    /// <summary>Truth values.</summary>
    Bool = 9,
}
