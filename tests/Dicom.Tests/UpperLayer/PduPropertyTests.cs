using System.Buffers;
using BrainTumorDicom.Dicom.UpperLayer;
using FsCheck;
using FsCheck.Fluent;

namespace BrainTumorDicom.Dicom.Tests.UpperLayer;

/// <summary>Properties of any A-ASSOCIATE-RQ and any stream of PDUs (PS3.8 §9.3).</summary>
public sealed class PduPropertyTests
{
    [Fact]
    public void An_associate_request_is_read_as_it_was_written() =>
        Prop.ForAll(Arb.From(Request()), request =>
        {
            var bytes = Written(request);
            return Written(AssociateRequest.Read(bytes.AsSpan(PduFramer.HeaderLength))).AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stream_gives_the_same_PDUs_however_it_is_cut() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Request(), 3)), Arb.From(Gen.Choose(1, 200)), (requests, length) =>
        {
            byte[] stream = [.. requests.SelectMany(Written)];
            var rest = Pieces(stream, length);
            var found = new List<byte>();
            while (PduFramer.TryReadPdu(ref rest, 1 << 17, out var pdu))
            {
                found.AddRange(Written(AssociateRequest.Read(pdu.Body.ToArray())));
            }

            return rest.IsEmpty && found.SequenceEqual(stream);
        }).QuickCheckThrowOnFailure();

    private static byte[] Written(AssociateRequest request)
    {
        using var output = new PduBuffer();
        request.Write(output);
        return output.Written.ToArray();
    }

    private static Gen<AssociateRequest> Request()
    {
        var uid = Gen.Choose(1, 64).SelectMany(length => Gen.ListOf(Gen.Elements('0', '2', '7', '.'), length)).Select(all => string.Concat(all));
        var title = Gen.Choose(1, 16).SelectMany(length => Gen.ListOf(Gen.Elements('A', 'Z', '_', '5'), length)).Select(all => new AeTitle(string.Concat(all)));
        var context = uid.SelectMany(syntax => Gen.Choose(0, 127).SelectMany(id => Gen.Choose(0, 5).SelectMany(count => Gen.ListOf(uid, count))
            .Select(offered => new ProposedContext((byte)((2 * id) + 1), syntax, [.. offered]))));
        var role = uid.SelectMany(of => Gen.Choose(0, 3).Select(roles => new RoleSelection(of, (roles & 1) != 0, (roles & 2) != 0)));
        var user = uid.SelectMany(implementation => Gen.Choose(0, int.MaxValue).SelectMany(longest => Gen.ListOf(role, 3).Select(roles => new UserInformation
        {
            ImplementationClassUid = implementation,
            MaximumLength = (uint)longest,
            Roles = [.. roles],
            AsynchronousOperations = longest % 2 == 0 ? new AsynchronousOperations((ushort)longest, 1) : null,
        })));
        return title.SelectMany(called => title.SelectMany(calling => Gen.ListOf(context, 4).SelectMany(contexts => user.Select(information => new AssociateRequest
        {
            CalledAe = called,
            CallingAe = calling,
            Contexts = [.. contexts],
            User = information,
        }))));
    }

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int length)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(length, bytes.Length)), null);
        var last = first;
        for (var at = length; at < bytes.Length; at += length)
        {
            last = new Piece(bytes.AsMemory(at, Math.Min(length, bytes.Length - at)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }
}
