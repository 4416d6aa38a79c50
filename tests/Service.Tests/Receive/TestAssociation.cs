using System.Buffers;
using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>One association as the network would drive it.</summary>
internal sealed class TestAssociation(StoreHandler handler, int id)
{
    public async Task<ushort> SendAsync(TestInstance instance) => (await StoreAsync(instance)).Status.Code;

    public async Task<StoreResponse> StoreAsync(
        TestInstance instance,
        string sopClass = TestInstance.MrImageStorage,
        string? sopInstance = null,
        string syntax = TestInstance.ExplicitLittle) =>
        await handler.StoreAsync(
            new StoreRequest
            {
                AssociationId = id,
                CallingAe = new AeTitle("SENDER"),
                CalledAe = new AeTitle("RECEIVER"),
                RemoteAddress = new IPEndPoint(IPAddress.Loopback, 104),
                SopClassUid = sopClass,
                SopInstanceUid = sopInstance ?? instance.Sop,
                TransferSyntaxUid = syntax,
                DataSet = new ReadOnlySequence<byte>(instance.Data),
            },
            TestContext.Current.CancellationToken);

    public async Task EndAsync(AssociationEndKind end = AssociationEndKind.Released) => await handler.EndedAsync(new AssociationEnd(end, "test"));
}
