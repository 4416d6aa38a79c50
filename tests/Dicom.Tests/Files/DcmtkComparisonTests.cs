using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Files;

public class DcmtkComparisonTests
{
    [SharedDataFact("dicom", "dcm2xml")]
    public async Task Dcmtk_finds_the_same_elements_with_the_same_vr_length_multiplicity_and_value()
    {
        var compared = 0;
        var elements = 0;
        var differences = await ForEachFileAsync("dicom", async (path, file) =>
        {
            // -q +U8: text in UTF-8, so that the character sets are compared as well.
            var (exit, output, _) = await PeerTools.RunAsync("dcm2xml", ["-q", "+U8", path], TestContext.Current.CancellationToken);
            if (exit != 0 || ParseXml(output) is not { } root)
            {
                return [];
            }

            Interlocked.Increment(ref compared);
            var found = new List<string>();
            var count = CompareItems(root, file.Dataset, file.TransferSyntax, "", found);
            Interlocked.Add(ref elements, count);
            return found;
        });

        Assert.True(differences.Count == 0, $"{differences.Count} differences, such as:\n{string.Join('\n', differences.Take(20))}");
        Assert.True(compared > 280 && elements > 70_000, $"{compared} files, {elements} elements compared");
    }

    [SharedDataFact("dicom/pydicom-test-files", "dcm2json")]
    public async Task Json_is_that_of_dcm2json()
    {
        var compared = 0;
        var differences = await ForEachFileAsync("dicom/pydicom-test-files", async (path, file) =>
        {
            var (exit, output, _) = await PeerTools.RunAsync("dcm2json", ["-q", "-fc", path], TestContext.Current.CancellationToken);
            if (exit != 0)
            {
                return [];
            }

            Interlocked.Increment(ref compared);
            using var theirs = JsonDocument.Parse(output);
            using var ours = JsonDocument.Parse(Json(file.Dataset));
            var found = new List<string>();
            CompareJson(theirs.RootElement, ours.RootElement, "", found);
            return found;
        });

        Assert.True(differences.Count == 0, $"{differences.Count} differences, such as:\n{string.Join('\n', differences.Take(20))}");
        Assert.True(compared > 80, $"{compared} files compared");
    }

    private static async Task<List<string>> ForEachFileAsync(string folder, Func<string, DicomFile, Task<List<string>>> compare)
    {
        var all = new ConcurrentBag<string>();

        // Of the long series, whose files are alike, a few.
        var files = Directory.EnumerateFiles(SharedData.Find(folder)!, "*", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetDirectoryName(path)!)
            .SelectMany(group => group.Key.Contains("series-", StringComparison.Ordinal) ? group.Take(5) : group);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (path, _) =>
        {
            DicomFile file;
            try
            {
                file = DicomFile.Read(path);
            }
            catch (DicomFormatException)
            {
                return;
            }

            foreach (var difference in await compare(path, file))
            {
                all.Add($"{Path.GetFileName(path)} {difference}");
            }
        });
        return [.. all];
    }

    private static XElement? ParseXml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = false });
            var root = XElement.Load(reader);
            return root.Name == "data-set" ? root : root.Element("data-set");
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static int CompareItems(XElement theirs, DicomDataset ours, DicomTransferSyntax syntax, string at, List<string> found)
    {
        // With +U8 DCMTK adds (0008,0005) where there is none.
        var elements = theirs.Elements()
            .Where(element => element.Attribute("tag")!.Value != "0008,0005" || ours.Contains(DicomTag.SpecificCharacterSet)).ToArray();
        var count = elements.Length;
        if (!elements.Select(element => DicomTag.Parse(element.Attribute("tag")!.Value)).Order().SequenceEqual(ours.Select(element => element.Tag)))
        {
            found.Add($"{at}: other tags: {elements.Length} and {ours.Count}");
            return count;
        }

        foreach (var element in elements)
        {
            var tag = DicomTag.Parse(element.Attribute("tag")!.Value);
            var place = $"{at}{tag}";
            ours.TryGet(tag, out var mine);
            switch (mine)
            {
                case DicomSequence sequence:
                    var items = element.Elements("item").ToArray();
                    if (items.Length != sequence.Items.Count)
                    {
                        found.Add($"{place}: {items.Length} and {sequence.Items.Count} items");
                        break;
                    }

                    for (var i = 0; i < items.Length; i++)
                    {
                        count += CompareItems(items[i], sequence.Items[i], syntax, $"{place}[{i}]", found);
                    }

                    break;
                case DicomFragments fragments:
                    var lengths = element.Elements("pixel-item").Select(item => (int)item.Attribute("len")!).ToArray();
                    if (!lengths.SequenceEqual(fragments.Fragments.Select(fragment => fragment.Length).Prepend(fragments.OffsetTable.Length)))
                    {
                        found.Add($"{place}: fragments of other lengths");
                    }

                    break;
                case DicomValueElement value:
                    CompareValue(element, value, ours, syntax, place, found);
                    break;
            }
        }

        return count;
    }

    private static void CompareValue(XElement theirs, DicomValueElement ours, DicomDataset dataset, DicomTransferSyntax syntax, string place, List<string> found)
    {
        var vr = theirs.Attribute("vr")!.Value;
        if (ours.Tag == DicomTag.SpecificCharacterSet)
        {
            // It says ISO_IR 192 after +U8.
            return;
        }

        // A VR of two spaces is unknown to DCMTK.
        var isTheirDictionary = (vr == "UN" && ours.Tag == DicomTag.PixelPaddingValue) || (ours.Vr == DicomVr.UN && vr != "UN" && (ours.Tag.IsPrivate || !syntax.IsExplicitVr));
        if (vr != ours.Vr.ToString() && !isTheirDictionary)
        {
            found.Add($"{place}: VR {vr} and {ours.Vr}");
        }

        // With +U8 the length is that of the converted text.
        var isAscii = Ascii.IsValid(ours.Value.Span) && !ours.Value.Span.Contains((byte)0x1B);
        var length = (int)theirs.Attribute("len")!;
        if (length + (length & 1) != ours.Value.Length && !(ours.Vr.IsAffectedByCharacterSet && !isAscii))
        {
            found.Add($"{place}: length {length} and {ours.Value.Length}");
        }

        if (isTheirDictionary || ours.Vr.IsBulk || ours.Value.IsEmpty || theirs.Attribute("loaded") is not null)
        {
            return;
        }

        var values = dataset.GetStrings(ours.Tag);
        var isPadding = values.Count == 0;
        if ((int)theirs.Attribute("vm")! != Math.Max(1, values.Count) && !isPadding)
        {
            found.Add($"{place}: VM {theirs.Attribute("vm")!.Value} and {values.Count}");
        }

        // Bytes beyond ASCII where the VR has none (GH1301.dcm) have no right reading.
        if ((isAscii || ours.Vr.IsAffectedByCharacterSet || !ours.Vr.IsText) && !SameText(theirs.Value, values, ours.Vr))
        {
            found.Add($"{place} {ours.Vr}: \"{theirs.Value}\" and \"{string.Join('\\', values)}\"");
        }
    }

    private static bool SameText(string theirs, IReadOnlyList<string> ours, DicomVr vr)
    {
        if (vr == DicomVr.AT)
        {
            return theirs.ToUpperInvariant().Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
                .Replace(",", "", StringComparison.Ordinal) == string.Join('\\', ours);
        }

        if (vr == DicomVr.FL || vr == DicomVr.FD)
        {
            var numbers = theirs.Split('\\');
            return numbers.Length == ours.Count && numbers.Zip(ours).All(pair => SameNumber(pair.First, pair.Second, isSingle: vr == DicomVr.FL));
        }

        return Squeezed(theirs) == Squeezed(string.Join('\\', ours));
    }

    // XML readers turn line ends into one form, and DCMTK keeps spaces that mean nothing.
    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\0'));

    private static bool SameNumber(string left, string right, bool isSingle)
    {
        if (!double.TryParse(left, CultureInfo.InvariantCulture, out var a) || !double.TryParse(right, CultureInfo.InvariantCulture, out var b))
        {
            return string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
        }

        return isSingle
            ? ((float)a).Equals((float)b)
            : a.Equals(b) || Math.Abs(a - b) <= 1e-12 * Math.Max(Math.Abs(a), Math.Abs(b));
    }

    private static byte[] Json(DicomDataset dataset)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            DicomJsonWriter.Write(dataset, json);
        }

        return output.ToArray();
    }

    private static void CompareJson(JsonElement theirs, JsonElement ours, string at, List<string> found)
    {
        var names = theirs.EnumerateObject().Select(p => p.Name).ToArray();
        if (!names.SequenceEqual(ours.EnumerateObject().Select(p => p.Name)))
        {
            found.Add($"{at}: other tags");
            return;
        }

        foreach (var name in names)
        {
            var (their, our) = (theirs.GetProperty(name), ours.GetProperty(name));
            var (theirVr, ourVr) = (their.GetProperty("vr").GetString()!, our.GetProperty("vr").GetString()!);
            if (theirVr != ourVr)
            {
                // DCMTK knows private elements by a dictionary of its own.
                if (ourVr != "UN")
                {
                    found.Add($"{at}{name}: VR {theirVr} and {ourVr}");
                }

                continue;
            }

            // All text of JSON is UTF-8, that of items too; DCMTK leaves or adds (0008,0005) as it sees fit.
            if (name == "00080005")
            {
                continue;
            }

            var isThere = their.TryGetProperty("Value", out var theirValues);
            if (isThere != our.TryGetProperty("Value", out var ourValues)
                || their.TryGetProperty("InlineBinary", out var bytes) != our.TryGetProperty("InlineBinary", out var ourBytes)
                || (bytes.ValueKind == JsonValueKind.String && bytes.GetString() != ourBytes.GetString()))
            {
                found.Add($"{at}{name} {ourVr}: {their} and {our}");
            }
            else if (isThere)
            {
                CompareJsonValues(theirValues, ourValues, ourVr, at + name, found);
            }
        }
    }

    private static string Groups(JsonElement name) =>
        string.Join('=', name.EnumerateObject().Select(group => $"{group.Name}:{group.Value.GetString()}"));

    private static void CompareJsonValues(JsonElement theirs, JsonElement ours, string vr, string at, List<string> found)
    {
        if (theirs.GetArrayLength() != ours.GetArrayLength())
        {
            found.Add($"{at} {vr}: {theirs} and {ours}");
            return;
        }

        foreach (var (their, our) in theirs.EnumerateArray().Zip(ours.EnumerateArray()))
        {
            if (vr == "SQ")
            {
                CompareJson(their, our, at + "/", found);
            }
            else if (vr == "PN" && their.ValueKind == JsonValueKind.Object)
            {
                // Where its iconv lacks a set, DCMTK passes the bytes through.
                var isConverted = !their.ToString().Contains("\\u001b", StringComparison.Ordinal);
                if (isConverted && Groups(their) != Groups(our))
                {
                    found.Add($"{at} PN: {their} and {our}");
                }
            }
            else if (their.ToString() != our.ToString() && !SameNumber(their.ToString(), our.ToString(), isSingle: vr == "FL")
                && Squeezed(their.ToString()) != Squeezed(our.ToString()))
            {
                found.Add($"{at} {vr}: {their} and {our}");
            }
        }
    }
}
