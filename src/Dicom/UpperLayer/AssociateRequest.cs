namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
internal sealed record AssociateRequest
{
    /// <summary>The only application context there is (PS3.7 §A.2.1).</summary>
    internal const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>Bit 0: version 1.</summary>
    internal ushort ProtocolVersion { get; init; } = 1;

    internal required AeTitle CalledAe { get; init; }

    internal required AeTitle CallingAe { get; init; }

    internal string ApplicationContext { get; init; } = DicomApplicationContext;

    internal required IReadOnlyList<ProposedContext> Contexts { get; init; }

    internal required UserInformation User { get; init; }

    /// <exception cref="DicomProtocolException">Lengths lie, an ID is even, or there is no User Information item.</exception>
    internal static AssociateRequest Read(ReadOnlySpan<byte> body)
    {
        var fields = AssociateFields.Read(ref body);
        var applicationContext = "";
        var contexts = new List<ProposedContext>();
        UserInformation? user = null;
        var items = new ItemReader(body);
        while (items.TryNext(out var type, out var item))
        {
            switch (type)
            {
                case ItemType.ApplicationContext:
                    applicationContext = ItemReader.Text(item);
                    break;
                case ItemType.PresentationContextProposed:
                    contexts.Add(ProposedContext.Read(item));
                    break;
                case ItemType.UserInformation:
                    user = UserInformation.Read(item);
                    break;
            }
        }

        return new AssociateRequest
        {
            ProtocolVersion = fields.ProtocolVersion,
            CalledAe = fields.CalledAe,
            CallingAe = fields.CallingAe,
            ApplicationContext = applicationContext,
            Contexts = contexts,
            User = user ?? throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "A-ASSOCIATE-RQ has no User Information item."),
        };
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginPdu(PduType.AssociateRequest);
        new AssociateFields(ProtocolVersion, CalledAe, CallingAe).Write(output);
        output.TextItem(ItemType.ApplicationContext, ApplicationContext);
        foreach (var context in Contexts)
        {
            context.Write(output);
        }

        User.Write(output);
        output.EndPdu(start);
    }
}
