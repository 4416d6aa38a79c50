using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Fuzz.Mutation;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>A stream of PDUs (PS3.8 §9.3): cut, read, written again. However the stream is split, the same is read.</summary>
internal static class PduTarget
{
    private const uint Limit = 1 << 17;

    internal static FuzzTarget Create() => new("pdu", Seeds, Run)
    {
        Allowed = [typeof(DicomProtocolException)],
        Grammar = [new PduMutator()],
    };

    /// <summary>One stream for each type of PDU, and one with all.</summary>
    internal static IEnumerable<byte[]> Seeds()
    {
        byte[][] all =
        [
            Bytes(Request().Write), Bytes(Accept().Write), Bytes(new AssociateReject(1, 1, 7).Write), Bytes(Release.WriteRequest),
            Bytes(Release.WriteResponse), Bytes(new Abort(AbortSource.ServiceProvider, AbortReason.InvalidPduParameterValue).Write),
            Bytes(output => DataPdu.Write(output, 1, 3, new byte[20])),
        ];
        return [.. all, [.. all.SelectMany(pdu => pdu)]];
    }

    internal static AssociateRequest Request() => new()
    {
        CalledAe = new AeTitle("BRAINTUMORDICOM"),
        CallingAe = new AeTitle("FUZZ"),
        Contexts =
        [
            new ProposedContext(1, DicomUid.Verification.Value, [DicomUid.ImplicitVRLittleEndian.Value]),
            new ProposedContext(3, DicomUid.MRImageStorage.Value, [DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value]),
        ],
        User = User(),
    };

    /// <summary>What <paramref name="write"/> writes.</summary>
    internal static byte[] Bytes(Action<PduBuffer> write)
    {
        using var output = new PduBuffer();
        write(output);
        return output.Written.ToArray();
    }

    private static AssociateAccept Accept() => new()
    {
        CalledAe = new AeTitle("BRAINTUMORDICOM"),
        CallingAe = new AeTitle("FUZZ"),
        Contexts = [new AnsweredContext(1, ContextResult.Acceptance, DicomUid.ImplicitVRLittleEndian.Value), new AnsweredContext(3, ContextResult.NoReason, "")],
        User = User(),
    };

    private static UserInformation User() => new()
    {
        MaximumLength = 16384,
        ImplementationClassUid = "1.2.3",
        ImplementationVersionName = "FUZZ",
        AsynchronousOperations = new AsynchronousOperations(1, 1),
        Roles = [new RoleSelection(DicomUid.MRImageStorage.Value, true, false)],
        Extended = [new SopClassExtendedNegotiation(DicomUid.MRImageStorage.Value, new byte[] { 1, 0, 1 })],
        CommonExtended = [new SopClassCommonExtendedNegotiation(DicomUid.MRImageStorage.Value, "1.2.840.10008.4.2", ["1.2.3", "1.2.4"])],
    };

    private static int Run(byte[] input)
    {
        var (whole, error) = Read(new ReadOnlySequence<byte>(input));
        var (pieces, pieceError) = Read(Segmented.Of(input, 1 + (input.Length % 7)));
        PropertyBrokenException.Require(whole == pieces && error?.Message == pieceError?.Message, "the stream in pieces reads as the stream whole");
        return error is null ? whole : throw error;
    }

    private static (int Shape, DicomProtocolException? Error) Read(ReadOnlySequence<byte> stream)
    {
        var shape = default(HashCode);
        try
        {
            while (PduFramer.TryReadPdu(ref stream, Limit, out var pdu))
            {
                shape.Add(pdu.Type);
                shape.Add(Shape(pdu.Type, pdu.Body.ToArray()));
            }
        }
        catch (DicomProtocolException error)
        {
            return (shape.ToHashCode(), error);
        }

        shape.Add(stream.IsEmpty);
        return (shape.ToHashCode(), null);
    }

    private static int Shape(PduType type, byte[] body)
    {
        switch (type)
        {
            case PduType.AssociateRequest:
                var request = AssociateRequest.Read(body);
                RequireSame(request.Write, bytes => AssociateRequest.Read(bytes).Write, request.User, body.Length);
                return HashCode.Combine(request.Contexts.Count, Shape(request.User));
            case PduType.AssociateAccept:
                var accept = AssociateAccept.Read(body);
                RequireSame(accept.Write, bytes => AssociateAccept.Read(bytes).Write, accept.User, body.Length);
                return HashCode.Combine(accept.Contexts.Count, Shape(accept.User));
            case PduType.AssociateReject:
                return AssociateReject.Read(body).Meaning.Length;
            case PduType.Abort:
                return (int)Abort.Read(body).Source & 3;
            default:
                return 0;
        }
    }

    private static int Shape(UserInformation user) => HashCode.Combine(
        user.Roles.Count, user.Extended.Count, user.CommonExtended.Count, user.UserIdentity is null, user.AsynchronousOperations is null);

    private static void RequireSame(Action<PduBuffer> write, Func<byte[], Action<PduBuffer>> read, UserInformation user, int length)
    {
        // Writing adds what a peer left out, and an item of 64 KiB has no room for it.
        if (length > 60_000 || user.MaximumLength == 0)
        {
            return;
        }

        var once = Bytes(write);
        var twice = Bytes(read(once[PduFramer.HeaderLength..]));
        PropertyBrokenException.Require(once.AsSpan().SequenceEqual(twice), "what is written is read as what was written");
    }
}
