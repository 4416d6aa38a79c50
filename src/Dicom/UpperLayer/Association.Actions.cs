using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <content>The actions of PS3.8 tables 9-6 to 9-9, under the standard's names.</content>
internal sealed partial class Association
{
    private const int FlushLength = 1 << 18;

    private uint peerMaximumLength;
    private AssociateRequest? proposal;

    private ValueTask DispatchAsync(Happening happening)
    {
        var action = UpperLayerTable.Find(happening.Event, state);
        return action switch
        {
            UpperLayerAction.AE1 => AE1(happening),
            UpperLayerAction.AE2 => AE2(),
            UpperLayerAction.AE3 => AE3(happening),
            UpperLayerAction.AE4 => AE4(happening),
            UpperLayerAction.AE5 => AE5(),
            UpperLayerAction.AE6 => AE6(happening),
            UpperLayerAction.AE7 => AE7(happening),
            UpperLayerAction.AE8 => AE8(happening),
            UpperLayerAction.DT1 => DT1(happening),
            UpperLayerAction.DT2 => DT2(happening),
            UpperLayerAction.AR1 => AR1(),
            UpperLayerAction.AR2 => AR2(),
            UpperLayerAction.AR3 => AR3(),
            UpperLayerAction.AR4 => AR4(),
            UpperLayerAction.AR5 => AR5(),
            UpperLayerAction.AR6 => AR6(happening),
            UpperLayerAction.AR7 => AR7(happening),
            UpperLayerAction.AR8 => AR8(),
            UpperLayerAction.AR9 => AR9(),
            UpperLayerAction.AR10 => AR10(),
            UpperLayerAction.AA1 => AA1(happening),
            UpperLayerAction.AA2 => AA2(happening),
            UpperLayerAction.AA3 => AA3(happening),
            UpperLayerAction.AA4 => AA4(happening),
            UpperLayerAction.AA5 => AA5(happening),
            UpperLayerAction.AA6 => AA6(),
            UpperLayerAction.AA7 => AA7(happening),
            UpperLayerAction.AA8 => AA8(happening),
            _ => Unexpected(happening.Event),
        };
    }

    /// <summary>A request or a timer may cross with what the peer did meanwhile; it is then void. Any other empty cell is our bug.</summary>
    private ValueTask Unexpected(UpperLayerEvent happened) =>
        happened is UpperLayerEvent.Evt9 or UpperLayerEvent.Evt11 or UpperLayerEvent.Evt14 or UpperLayerEvent.Evt15 or UpperLayerEvent.Evt18
            ? ValueTask.CompletedTask
            : throw new InvalidOperationException($"{happened} has no action in {state} (PS3.8 table 9-10).");

    private async ValueTask AE1(Happening happening)
    {
        var request = (ConnectRequest)happening.Primitive!;
        proposal = request.Request;
        state = UpperLayerState.Sta4;
        try
        {
            using var timer = new CancellationTokenSource(request.ConnectTimeout, time);
            await transport.ConnectAsync(request.Host, request.Port, timer.Token).ConfigureAwait(false);
            transport.Start();
            requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt2));
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            var why = exception is OperationCanceledException
                ? string.Create(CultureInfo.InvariantCulture, $"no answer within {request.ConnectTimeout.TotalSeconds:0.#} s")
                : exception is SocketException ? exception.Message : $"no TLS: {exception.GetBaseException().Message}";
            requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt17, $"cannot connect: {why}"));
        }
    }

    private ValueTask AE2()
    {
        state = UpperLayerState.Sta5;
        output.Clear();
        proposal!.Write(output);
        return transport.SendAsync(output.Written);
    }

    private ValueTask AE3(Happening happening)
    {
        var accept = (AssociateAccept)happening.Primitive!;
        peerMaximumLength = CheckedMaximum(accept.User.MaximumLength);
        state = UpperLayerState.Sta6;
        user.AssociateConfirmation(accept);
        return ValueTask.CompletedTask;
    }

    private ValueTask AE4(Happening happening)
    {
        var reject = (AssociateReject)happening.Primitive!;
        user.AssociateConfirmation(reject);
        state = UpperLayerState.Sta1;
        transport.Close();
        return EndAsync(AssociationEndKind.Aborted, $"rejected: {reject.Meaning}");
    }

    private ValueTask AE5()
    {
        transport.Start();
        StartArtim();
        state = UpperLayerState.Sta2;
        return ValueTask.CompletedTask;
    }

    private async ValueTask AE6(Happening happening)
    {
        StopArtim();
        var request = (AssociateRequest)happening.Primitive!;
        peerMaximumLength = CheckedMaximum(request.User.MaximumLength);
        if (user.FindRefusal(request) is { } refusal)
        {
            await RejectAsync(refusal).ConfigureAwait(false);
            return;
        }

        state = UpperLayerState.Sta3;
        user.AssociateIndication(request);
    }

    private ValueTask AE7(Happening happening)
    {
        state = UpperLayerState.Sta6;
        Volatile.Write(ref lastPdu, time.GetTimestamp());
        var period = limits.Idle / 4;
        idle.Change(period, period);
        output.Clear();
        ((AssociateAccept)happening.Primitive!).Write(output);
        return transport.SendAsync(output.Written);
    }

    private ValueTask AE8(Happening happening) => RejectAsync((AssociateReject)happening.Primitive!);

    private ValueTask DT1(Happening happening) => SendDataAsync((DataRequest)happening.Primitive!);

    private ValueTask DT2(Happening happening)
    {
        CheckLength(happening.Body.Length);
        return user.DataIndicationAsync(happening.Body);
    }

    private ValueTask AR1()
    {
        state = UpperLayerState.Sta7;
        output.Clear();
        UpperLayer.Release.WriteRequest(output);
        return transport.SendAsync(output.Written);
    }

    // The user of an association has nothing to add to a release: it agrees at once.
    private ValueTask AR2()
    {
        state = UpperLayerState.Sta8;
        requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt14));
        return ValueTask.CompletedTask;
    }

    private ValueTask AR3()
    {
        state = UpperLayerState.Sta1;
        transport.Close();
        return EndAsync(AssociationEndKind.Released, "released");
    }

    private async ValueTask AR4()
    {
        state = UpperLayerState.Sta13;
        StartArtim();
        output.Clear();
        UpperLayer.Release.WriteResponse(output);
        await transport.SendAsync(output.Written).ConfigureAwait(false);
        await EndAsync(AssociationEndKind.Released, "released").ConfigureAwait(false);
    }

    private ValueTask AR5()
    {
        StopArtim();
        state = UpperLayerState.Sta1;
        return ValueTask.CompletedTask;
    }

    private ValueTask AR6(Happening happening)
    {
        CheckLength(happening.Body.Length);
        return user.DataIndicationAsync(happening.Body);
    }

    private ValueTask AR7(Happening happening) => SendDataAsync((DataRequest)happening.Primitive!);

    private ValueTask AR8()
    {
        state = proposal is not null ? UpperLayerState.Sta9 : UpperLayerState.Sta10;
        if (state == UpperLayerState.Sta9)
        {
            requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt14));
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask AR9()
    {
        state = UpperLayerState.Sta11;
        output.Clear();
        UpperLayer.Release.WriteResponse(output);
        return transport.SendAsync(output.Written);
    }

    private ValueTask AR10()
    {
        state = UpperLayerState.Sta12;
        requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt14));
        return ValueTask.CompletedTask;
    }

    private ValueTask AA1(Happening happening)
    {
        StartArtim();
        return AbortAsync(new Abort(AbortSource.ServiceUser, AbortReason.NotSpecified), Describe(happening));
    }

    private ValueTask AA2(Happening happening)
    {
        StopArtim();
        state = UpperLayerState.Sta1;
        transport.Close();
        return EndAsync(AssociationEndKind.Aborted, Describe(happening));
    }

    private ValueTask AA3(Happening happening)
    {
        state = UpperLayerState.Sta1;
        transport.Close();
        return EndAsync(AssociationEndKind.Aborted, Describe(happening));
    }

    private ValueTask AA4(Happening happening)
    {
        state = UpperLayerState.Sta1;
        return EndAsync(AssociationEndKind.ConnectionLost, Describe(happening));
    }

    private ValueTask AA5(Happening happening)
    {
        StopArtim();
        state = UpperLayerState.Sta1;
        return EndAsync(AssociationEndKind.ConnectionLost, Describe(happening));
    }

#pragma warning disable CA1822 // Every action is an instance method, as the standard lists them.
    private ValueTask AA6() => ValueTask.CompletedTask;
#pragma warning restore CA1822

    private ValueTask AA7(Happening happening) =>
        AbortAsync(new Abort(AbortSource.ServiceProvider, ReasonOf(happening)), Describe(happening));

    private ValueTask AA8(Happening happening)
    {
        StartArtim();
        return AbortAsync(new Abort(AbortSource.ServiceProvider, ReasonOf(happening)), Describe(happening));
    }

    private async ValueTask RejectAsync(AssociateReject reject)
    {
        state = UpperLayerState.Sta13;
        StartArtim();
        output.Clear();
        reject.Write(output);
        await transport.SendAsync(output.Written).ConfigureAwait(false);
        await EndAsync(AssociationEndKind.Aborted, $"rejected: {reject.Meaning}").ConfigureAwait(false);
    }

    private async ValueTask AbortAsync(Abort abort, string why)
    {
        state = UpperLayerState.Sta13;
        output.Clear();
        abort.Write(output);
        await transport.SendAsync(output.Written).ConfigureAwait(false);
        await EndAsync(AssociationEndKind.Aborted, why).ConfigureAwait(false);
    }

    private async ValueTask SendDataAsync(DataRequest data)
    {
        output.Clear();
        await WriteFragmentsAsync(data.ContextId, DataPdu.CommandBit, data.Command).ConfigureAwait(false);
        if (!data.DataSet.IsEmpty)
        {
            await WriteFragmentsAsync(data.ContextId, 0, data.DataSet).ConfigureAwait(false);
        }

        await transport.SendAsync(output.Written).ConfigureAwait(false);
    }

    private async ValueTask WriteFragmentsAsync(byte contextId, byte kind, ReadOnlyMemory<byte> bytes)
    {
        var longest = (int)Math.Min(FlushLength, peerMaximumLength - DataPdu.PdvHeaderLength);
        do
        {
            if (output.Count >= FlushLength)
            {
                await transport.SendAsync(output.Written).ConfigureAwait(false);
                output.Clear();
            }

            var fragment = bytes[..Math.Min(longest, bytes.Length)];
            bytes = bytes[fragment.Length..];
            DataPdu.Write(output, contextId, (byte)(kind | (bytes.IsEmpty ? DataPdu.LastBit : 0)), fragment.Span);
        }
        while (!bytes.IsEmpty);
    }

    /// <summary>The negotiated maximum (PS3.8 §D.1).</summary>
    private void CheckLength(long length)
    {
        if (length > limits.MaximumPduLength)
        {
            throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, string.Create(CultureInfo.InvariantCulture, $"P-DATA-TF length {length} exceeds the announced {limits.MaximumPduLength}."));
        }
    }

    private static uint CheckedMaximum(uint announced) => announced switch
    {
        0 => uint.MaxValue,
        <= DataPdu.PdvHeaderLength => throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, string.Create(CultureInfo.InvariantCulture, $"maximum length {announced} leaves no room for data.")),
        _ => announced,
    };

    private static AbortReason ReasonOf(Happening happening) =>
        happening.Primitive is DicomProtocolException error ? error.Reason : AbortReason.UnexpectedPdu;

    private string Describe(Happening happening) => happening.Primitive switch
    {
        string why => why,
        DicomProtocolException error => error.Message,
        Abort abort => $"by the peer ({abort.Source}, {abort.Reason})",
        _ when happening.Event == UpperLayerEvent.Evt18 => string.Create(CultureInfo.InvariantCulture, $"no PDU within {limits.Artim.TotalSeconds:0.#} s (ARTIM)"),
        _ => $"unexpected PDU ({happening.Event} in {state})",
    };

    private void StartArtim() => artim.Change(limits.Artim, Timeout.InfiniteTimeSpan);

    private void StopArtim() => artim.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
