using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>What PyTorch's networks for ImageNet expect as input.</summary>
internal static class ImageNet
{
    private static readonly float[] Means = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviations = [0.229f, 0.224f, 0.225f];

    /// <summary>Grey slices as three channels, normalised as torchvision does.</summary>
    public static Symbol Color(this NetworkWriter network, Symbol slices) => network.ToColor(slices, Means, Deviations);
}
