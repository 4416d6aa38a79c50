namespace BrainTumorDicom.Training.Graph;

/// <summary>The loss of a classifier.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>
    /// Cross entropy with class weights and label smoothing, as torch.nn.CrossEntropyLoss defines it: the sum of the
    /// weighted terms divided by the sum of the weights of the labels. Starts the backward pass.
    /// Logits are [N,K], labels [N] class numbers or [N,K] parts of each class; smoothing is the part of each label spread evenly over all classes.
    /// The sum is divided by <paramref name="total"/> [1] instead, where the logits are only a part of the batch.
    /// </summary>
    /// <returns>The mean loss, one number.</returns>
    public static Symbol CrossEntropy(
        this Tape tape, Symbol logits, Symbol labels, ReadOnlySpan<float> classWeights, float smoothing, Symbol? total = null)
    {
        var graph = tape.Graph;
        var count = logits.Shape[0];
        var classes = logits.Shape[1];
        var logProbabilities = graph.Node("LogSoftmax", [logits], logits.Shape, NodeAttribute.Of("axis", 1L));
        var weights = graph.Constant(classWeights, classes);
        var oneHot = labels.Type == ElementType.Float ? labels : graph.Node(
            "OneHot", [labels, graph.Integer(classes), graph.Constant([0, 1], 2)], [count, classes], NodeAttribute.Of("axis", -1L));
        var labelWeights = graph.SumKeeping(graph.Multiply(oneHot, weights), 1);
        total ??= graph.SumKeeping(labelWeights, 0, 1);

        // target[n,k]: the weight with which -log p[n,k] enters the loss.
        var hard = graph.Multiply(graph.Multiply(oneHot, weights), 1 - smoothing);
        var soft = graph.Multiply(weights, smoothing / classes);
        var target = graph.Divide(graph.Add(hard, soft), total);
        var loss = graph.Map("Neg", graph.Sum(graph.Multiply(target, logProbabilities), 0, 1));
        tape.RecordLoss(
            logits,
            () => graph.Subtract(graph.Multiply(graph.Map("Exp", logProbabilities), graph.SumKeeping(target, 1)), target));
        return loss;
    }
}
