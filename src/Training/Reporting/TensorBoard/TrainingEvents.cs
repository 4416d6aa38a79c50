using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Reporting.TensorBoard;

/// <summary>The event file of a training: scalars and a confusion matrix for each epoch, and the network.</summary>
internal static class TrainingEvents
{
    /// <summary>TensorBoard takes any file with "tfevents" in its name.</summary>
    public const string FileName = "events.out.tfevents.training";

    /// <summary>The whole file.</summary>
    /// <param name="epochs">The epochs done.</param>
    /// <param name="labels">Names of the classes.</param>
    /// <param name="model">model.onnx, for its structure.</param>
    public static byte[] Write(IReadOnlyList<EpochEntry> epochs, IReadOnlyList<string> labels, byte[] model)
    {
        using var stream = new MemoryStream();
        var writer = new EventWriter(stream);
        var begun = epochs.Count == 0 ? DateTimeOffset.UnixEpoch : epochs[0].At;
        writer.WriteVersion(begun);
        writer.WriteGraph(begun, GraphDefinition.Of(model));
        foreach (var epoch in epochs)
        {
            Scalar("loss/train", epoch.Loss);
            Scalar($"loss/{epoch.Watched}", epoch.WatchedLoss);
            Scalar("accuracy/train", epoch.TrainAccuracy);
            Scalar($"accuracy/{epoch.Watched}", epoch.Accuracy);
            Scalar("learning_rate", epoch.LearningRate);
            Scalar("images_per_second", epoch.ImagesPerSecond);
            for (var k = 0; k < labels.Count; k++)
            {
                Scalar($"recall/{labels[k]}", epoch.Recall[k]);
            }

            writer.WriteImage(epoch.At, epoch.Epoch, $"confusion/{epoch.Watched}", ConfusionPicture.Of(labels, epoch.Confusion));

            void Scalar(string tag, double value) => writer.WriteScalar(epoch.At, epoch.Epoch, tag, value);
        }

        return stream.ToArray();
    }
}
