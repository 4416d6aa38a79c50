using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The User Information item (PS3.8 §9.3.2.3, Annex D; PS3.7 §D.3.3). Sub-items that PS3 does not name are skipped.</summary>
internal sealed record UserInformation
{
    /// <summary>The longest P-DATA-TF body the sender takes (PS3.8 §D.1); 0 means any.</summary>
    internal uint MaximumLength { get; init; }

    internal string ImplementationClassUid { get; init; } = "";

    internal string? ImplementationVersionName { get; init; }

    internal AsynchronousOperations? AsynchronousOperations { get; init; }

    internal IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    internal IReadOnlyList<SopClassExtendedNegotiation> Extended { get; init; } = [];

    internal IReadOnlyList<SopClassCommonExtendedNegotiation> CommonExtended { get; init; } = [];

    internal UserIdentity? UserIdentity { get; init; }

    internal static UserInformation Read(ReadOnlySpan<byte> value)
    {
        var read = new UserInformation();
        var roles = new List<RoleSelection>();
        var extended = new List<SopClassExtendedNegotiation>();
        var common = new List<SopClassCommonExtendedNegotiation>();
        var items = new ItemReader(value);
        while (items.TryNext(out var type, out var item))
        {
            switch (type)
            {
                case ItemType.MaximumLength:
                    read = read with { MaximumLength = BinaryPrimitives.ReadUInt32BigEndian(ItemReader.Take(ref item, 4)) };
                    break;
                case ItemType.ImplementationClassUid:
                    read = read with { ImplementationClassUid = ItemReader.Text(item) };
                    break;
                case ItemType.ImplementationVersionName:
                    read = read with { ImplementationVersionName = ItemReader.Text(item) };
                    break;
                case ItemType.AsynchronousOperationsWindow:
                    read = read with { AsynchronousOperations = UpperLayer.AsynchronousOperations.Read(item) };
                    break;
                case ItemType.RoleSelection:
                    roles.Add(RoleSelection.Read(item));
                    break;
                case ItemType.SopClassExtendedNegotiation:
                    extended.Add(SopClassExtendedNegotiation.Read(item));
                    break;
                case ItemType.SopClassCommonExtendedNegotiation:
                    common.Add(SopClassCommonExtendedNegotiation.Read(item));
                    break;
                case ItemType.UserIdentityRequest:
                    read = read with { UserIdentity = UserIdentity.Read(item) };
                    break;
            }
        }

        return read with { Roles = roles, Extended = extended, CommonExtended = common };
    }

    internal void Write(PduBuffer output)
    {
        var start = output.BeginItem(ItemType.UserInformation);
        var length = output.BeginItem(ItemType.MaximumLength);
        output.UInt32(MaximumLength);
        output.EndItem(length);
        output.TextItem(ItemType.ImplementationClassUid, ImplementationClassUid);
        AsynchronousOperations?.Write(output);
        foreach (var role in Roles)
        {
            role.Write(output);
        }

        if (ImplementationVersionName is not null)
        {
            output.TextItem(ItemType.ImplementationVersionName, ImplementationVersionName);
        }

        foreach (var item in Extended)
        {
            item.Write(output);
        }

        foreach (var item in CommonExtended)
        {
            item.Write(output);
        }

        output.EndItem(start);
    }
}
