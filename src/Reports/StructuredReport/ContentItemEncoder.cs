using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Content items as data sets (SR Document Content, PS3.3 §C.17.3).</summary>
internal static class ContentItemEncoder
{
    /// <summary>Writes <paramref name="item"/> and all below it into <paramref name="target"/>: the document itself for the root.</summary>
    public static void Encode(ContentItem item, DicomDataset target)
    {
        if (item.Relationship.Length > 0)
        {
            target.Set(DicomTag.RelationshipType, item.Relationship);
        }

        target.Set(DicomTag.ValueType, item.ValueType);
        if (item.Concept is { } concept)
        {
            target.SetSequence(DicomTag.ConceptNameCodeSequence, Encode(concept));
        }

        EncodeValue(item, target);
        if (!item.Children.IsEmpty)
        {
            target.SetSequence(DicomTag.ContentSequence, [.. item.Children.Select(child =>
            {
                var dataset = new DicomDataset();
                Encode(child, dataset);
                return dataset;
            })]);
        }
    }

    /// <summary>A code as an item of a code sequence (PS3.3 §8).</summary>
    public static DicomDataset Encode(Code code)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.CodeValue, code.Value);
        item.Set(DicomTag.CodingSchemeDesignator, code.Scheme);
        item.Set(DicomTag.CodeMeaning, code.Meaning);
        return item;
    }

    private static void EncodeValue(ContentItem item, DicomDataset target)
    {
        switch (item)
        {
            case ContainerItem container:
                target.Set(DicomTag.ContinuityOfContent, "SEPARATE");
                if (container.Template is { } template)
                {
                    target.SetSequence(DicomTag.ContentTemplateSequence, Template(template));
                }

                break;
            case CodeItem code:
                target.SetSequence(DicomTag.ConceptCodeSequence, Encode(code.Value));
                break;
            case TextItem text:
                target.Set(DicomTag.TextValue, ValueRules.Text(text.Value));
                break;
            case UidItem uid:
                target.Set(DicomTag.UID, uid.Value);
                break;
            case NumberItem number:
                var measured = new DicomDataset();
                measured.Set(DicomTag.NumericValue, number.Value);
                measured.SetSequence(DicomTag.MeasurementUnitsCodeSequence, Encode(number.Unit));
                target.SetSequence(DicomTag.MeasuredValueSequence, measured);
                break;
            case ImageItem image:
                target.SetSequence(DicomTag.ReferencedSOPSequence, Reference(image.Value));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item.ValueType, "not a value type of this document");
        }
    }

    private static DicomDataset Reference(ImageReference image)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, image.SopClassUid);
        item.Set(DicomTag.ReferencedSOPInstanceUID, image.SopInstanceUid);
        if (!image.Frames.IsEmpty)
        {
            item.Set(DicomTag.ReferencedFrameNumber, [.. image.Frames]);
        }

        return item;
    }

    private static DicomDataset Template(string identifier)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.MappingResource, "DCMR");
        item.Set(DicomTag.TemplateIdentifier, identifier);
        return item;
    }
}
