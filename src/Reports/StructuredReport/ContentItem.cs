using System.Collections.Immutable;
using BrainTumorDicom.Reports.Codes;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>A node of the content tree (PS3.3 §C.17.3): concept name, value and the items below it.</summary>
/// <param name="Relationship">How it relates to the item above: one of <see cref="StructuredReport.Relationship"/>.</param>
/// <param name="Concept">Concept name; an image of the Image Library has none.</param>
internal abstract record ContentItem(string Relationship, Code? Concept)
{
    /// <summary>Value Type (0040,A040).</summary>
    public abstract string ValueType { get; }

    /// <summary>The items below, in order.</summary>
    public ImmutableArray<ContentItem> Children { get; init; } = [];
}

/// <summary>A CONTAINER; <paramref name="Template"/> is its DCMR template identifier.</summary>
internal sealed record ContainerItem(string Relationship, Code? Concept, string? Template = null) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "CONTAINER";
}

/// <summary>A CODE.</summary>
internal sealed record CodeItem(string Relationship, Code? Concept, Code Value) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "CODE";
}

/// <summary>A TEXT.</summary>
internal sealed record TextItem(string Relationship, Code? Concept, string Value) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "TEXT";
}

/// <summary>A UIDREF.</summary>
internal sealed record UidItem(string Relationship, Code? Concept, string Value) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "UIDREF";
}

/// <summary>A NUM: <paramref name="Value"/> is a DS string in <paramref name="Unit"/>.</summary>
internal sealed record NumberItem(string Relationship, Code? Concept, string Value, Code Unit) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "NUM";
}

/// <summary>An IMAGE, by reference to a source instance.</summary>
internal sealed record ImageItem(string Relationship, Code? Concept, ImageReference Value) : ContentItem(Relationship, Concept)
{
    public override string ValueType => "IMAGE";
}
