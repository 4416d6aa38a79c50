using BrainTumorDicom.Dicom.Dimse;
using FsCheck;
using FsCheck.Fluent;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Properties of any command set (PS3.7 §9.3, §E.1).</summary>
public sealed class CommandSetPropertyTests
{
    [Fact]
    public void A_command_set_is_read_as_it_was_written() =>
        Prop.ForAll(Arb.From(Command()), command => CommandSet.Read(command.ToArray(), "1.2.3") == command).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(65)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5001)]
    public void A_UID_that_is_far_too_long_goes_back_to_its_sender_whole(int length)
    {
        var uid = new string('1', length);
        var response = new CommandSet { Field = 0x8001, SopClassUid = uid, SopInstanceUid = uid, Status = 0x0117, DataSetType = CommandSet.NoDataSet };

        Assert.Equal(response, CommandSet.Read(response.ToArray(), ""));
    }

    private static Gen<CommandSet> Command()
    {
        var field = Gen.Elements(CommandField.EchoRequest, CommandField.StoreRequest, CommandField.CancelRequest)
            .SelectMany(request => Gen.Elements((ushort)0, (ushort)CommandField.ResponseBit).Select(bit => (ushort)(request | bit)));
        var number = Gen.Choose(0, 0xFFFF).Select(value => (ushort)value);
        var uid = Gen.Choose(1, 64).SelectMany(length => Gen.ListOf(Gen.Elements('0', '1', '9', '.'), length)).Select(all => string.Concat(all));
        return field.SelectMany(kind => number.SelectMany(id => number.SelectMany(status => uid.SelectMany(first => uid.Select(second => new CommandSet
        {
            Field = kind,
            SopClassUid = first,
            SopInstanceUid = second,
            DataSetType = (id & 1) == 0 ? CommandSet.NoDataSet : (ushort)0,
            MessageId = IsAboutAnother(kind) ? (ushort)0 : id,
            MessageIdBeingRespondedTo = IsAboutAnother(kind) ? id : (ushort)0,
            Status = IsResponse(kind) ? status : null,
        })))));
    }

    private static bool IsResponse(ushort field) => (field & CommandField.ResponseBit) != 0;

    private static bool IsAboutAnother(ushort field) => IsResponse(field) || field == CommandField.CancelRequest;
}
