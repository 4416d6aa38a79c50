using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>An architecture that can be trained.</summary>
internal interface INetwork
{
    /// <summary>What <c>--network</c> calls it.</summary>
    public string Name { get; }

    /// <summary>What it is, for the model card.</summary>
    public string Description { get; }

    /// <summary>Rows and columns of the input that it was made for.</summary>
    public int DefaultSize { get; }

    /// <summary>Smallest input that its windows fit on.</summary>
    public int SmallestSize { get; }

    /// <summary>What the input's size must be a multiple of.</summary>
    public int SizeStep { get; }

    /// <summary>Emits it for <paramref name="slices"/> [N,1,S,S] up to the head, which <paramref name="head"/> writes.</summary>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head);
}
