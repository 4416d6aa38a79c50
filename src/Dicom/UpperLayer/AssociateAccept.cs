namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A-ASSOCIATE-AC (PS3.8 §9.3.3). The AE titles are those of the request, sent back.</summary>
internal sealed record AssociateAccept
{
    internal required AeTitle CalledAe { get; init; }

    internal required AeTitle CallingAe { get; init; }

    internal required IReadOnlyList<AnsweredContext> Contexts { get; init; }

    internal required UserInformation User { get; init; }

    /// <exception cref="DicomProtocolException">Lengths lie, or there is no User Information item.</exception>
    internal static AssociateAccept Read(ReadOnlySpan<byte> body)
    {
        var fields = AssociateFields.Read(ref body);
        var contexts = new List<AnsweredContext>();
        UserInformation? user = null;
        var items = new ItemReader(body);
        while (items.TryNext(out var type, out var item))
        {
            if (type == ItemType.PresentationContextAnswered)
            {
                contexts.Add(AnsweredContext.Read(item));
            }
            else if (type == ItemType.UserInformation)
            {
                user = UserInformation.Read(item);
            }
        }

        return new AssociateAccept
        {
            CalledAe = fields.CalledAe,
            CallingAe = fields.CallingAe,
            Contexts = contexts,
            User = user ?? throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "A-ASSOCIATE-AC has no User Information item."),
        };
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginPdu(PduType.AssociateAccept);
        new AssociateFields(1, CalledAe, CallingAe).Write(output);
        output.TextItem(ItemType.ApplicationContext, AssociateRequest.DicomApplicationContext);
        foreach (var context in Contexts)
        {
            context.Write(output);
        }

        User.Write(output);
        output.EndPdu(start);
    }
}
