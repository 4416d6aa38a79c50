using System.Buffers;
using System.IO.Compression;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Looks over a data set that is about to be stored: takes the attributes by which it is filed, and follows every length to the
/// end, because a data set whose lengths do not add up must not be answered with success. No value is decoded but those few.
/// </summary>
internal static class DataSetScanner
{
    // Enough for the groups before Pixel Data of most slices; what lies behind is checked when the instance is read.
    private const int FirstDeflatedLimit = 256 * 1024;

    // A value before the last attribute that is wanted may be long (private groups are); a few bytes must not become gigabytes.
    private const int LastDeflatedLimit = 4 << 20;

    /// <summary>Looks over <paramref name="data"/>.</summary>
    /// <returns>With <see cref="DataSetIndex.Problem"/> set when the bytes break PS3.5 §7 or the transfer syntax is unknown.</returns>
    public static DataSetIndex Scan(in ReadOnlySequence<byte> data, string transferSyntaxUid)
    {
        if (DicomTransferSyntax.Find(transferSyntaxUid) is not { } syntax)
        {
            return new DataSetIndex { Problem = "unknown transfer syntax" };
        }

        if (!syntax.IsDeflated)
        {
            return new ElementWalk(data, syntax.IsExplicitVr, syntax.IsBigEndian).Run(headOnly: false);
        }

        try
        {
            for (var limit = FirstDeflatedLimit; ; limit *= 4)
            {
                var head = Inflate(data, limit);
                var index = new ElementWalk(new ReadOnlySequence<byte>(head), explicitVr: true, bigEndian: false).Run(headOnly: true);
                if (index.Problem.Length == 0 || head.Length < limit || limit >= LastDeflatedLimit)
                {
                    return index;
                }
            }
        }
        catch (InvalidDataException)
        {
            return new DataSetIndex { Problem = "the deflated data set cannot be inflated" };
        }
    }

    private static ReadOnlyMemory<byte> Inflate(in ReadOnlySequence<byte> data, int limit)
    {
        using var deflated = new MemoryStream(data.ToArray());
        using var inflate = new DeflateStream(deflated, CompressionMode.Decompress);
        var buffer = new byte[limit];
        return buffer.AsMemory(0, inflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
