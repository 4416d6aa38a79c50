using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>The objects of a PDF file and its cross-reference table (ISO 32000-1 §7.5). The same objects give the same bytes.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    /// <summary>Adds an object.</summary>
    /// <param name="body">A dictionary or array, in ASCII.</param>
    /// <returns>Its number.</returns>
    public int Add(string body)
    {
        var number = Reserve();
        Put(number, body);
        return number;
    }

    /// <summary>Writes an object whose number was reserved.</summary>
    public void Put(int number, string body) => objects[number - 1] = Encoding.ASCII.GetBytes(body);

    /// <summary>Adds a stream and compresses it.</summary>
    /// <param name="text">The content, in ASCII.</param>
    /// <returns>Its number.</returns>
    public int AddText(string text)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.ASCII.GetBytes(text));
        }

        return AddDeflated("", compressed.ToArray());
    }

    /// <summary>Adds a stream of data that is compressed already.</summary>
    /// <param name="entries">Further entries of its dictionary.</param>
    /// <param name="data">A zlib stream.</param>
    /// <returns>Its number.</returns>
    public int AddDeflated(string entries, ReadOnlySpan<byte> data)
    {
        var number = Reserve();
        var head = string.Create(CultureInfo.InvariantCulture, $"<< /Length {data.Length} /Filter /FlateDecode{entries} >>\nstream\n");
        objects[number - 1] = [.. Encoding.ASCII.GetBytes(head), .. data, .. "\nendstream"u8];
        return number;
    }

    /// <summary>Text as a PDF string in UTF-16, for the document's information.</summary>
    public static string Unicode(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>The whole file.</summary>
    /// <param name="catalog">Number of the catalog.</param>
    /// <param name="information">Number of the information dictionary.</param>
    public byte[] ToArray(int catalog, int information)
    {
        using var file = new MemoryStream();

        // 1.5: the first version with the UTF-16 character maps. Four bytes above 127 tell transports that it is binary.
        file.Write("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n"u8);
        var offsets = new long[objects.Count];
        for (var i = 0; i < objects.Count; i++)
        {
            offsets[i] = file.Position;
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n")));
            file.Write(objects[i] ?? throw new InvalidOperationException($"object {i + 1} was reserved and never written"));
            file.Write("\nendobj\n"u8);
        }

        var table = file.Position;
        var tail = new StringBuilder();
        tail.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            tail.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        tail.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root {catalog} 0 R /Info {information} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(tail.ToString()));
        return file.ToArray();
    }
}
