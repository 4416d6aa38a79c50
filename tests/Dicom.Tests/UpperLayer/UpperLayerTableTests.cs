using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.UpperLayer;

/// <summary>The table against the standard's prose: which events each action answers, in which states.</summary>
public sealed class UpperLayerTableTests
{
    // PS3.8 table 9-10, read by action instead of by event.
    private const string ByAction = """
        AE1   1:1
        AE2   2:4
        AE3   3:5
        AE4   4:5
        AE5   5:1
        AE6   6:2
        AE7   7:3
        AE8   8:3
        DT1   9:6
        DT2   10:6
        AR1   11:6
        AR2   12:6
        AR3   13:7,11
        AR4   14:8,12
        AR5   17:13
        AR6   10:7
        AR7   9:8
        AR8   12:7
        AR9   14:9
        AR10  13:10
        AA1   3:2 4:2 10:2 12:2 13:2 19:2 15:3,5,6,7,8,9,10,11,12
        AA2   15:4 16:2,13 18:2,13
        AA3   16:3,5,6,7,8,9,10,11,12
        AA4   17:3,4,5,6,7,8,9,10,11,12
        AA5   17:2
        AA6   3:13 4:13 10:13 12:13 13:13
        AA7   6:13 19:13
        AA8   3:3,6,7,8,9,10,11,12 4:3,6,7,8,9,10,11,12 6:3,5,6,7,8,9,10,11,12 10:3,5,8,9,10,11,12 12:3,5,8,9,10,11,12 13:3,5,6,8,9,12 19:3,5,6,7,8,9,10,11,12
        """;

    [Fact]
    public void Every_pair_of_event_and_state_has_the_action_of_the_standard()
    {
        var expected = new Dictionary<(int, int), UpperLayerAction>();
        foreach (var line in ByAction.Split('\n', StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in words.Skip(1))
            {
                var parts = word.Split(':');
                foreach (var state in parts[1].Split(','))
                {
                    expected.Add((int.Parse(parts[0]), int.Parse(state)), Enum.Parse<UpperLayerAction>(words[0]));
                }
            }
        }

        for (var happened = 1; happened <= UpperLayerTable.EventCount; happened++)
        {
            for (var state = 1; state <= UpperLayerTable.StateCount; state++)
            {
                var found = UpperLayerTable.Find((UpperLayerEvent)happened, (UpperLayerState)state);
                Assert.True(
                    found == (expected.TryGetValue((happened, state), out var action) ? action : null),
                    $"Evt{happened} in Sta{state}: {found}");
            }
        }
    }

    [Fact]
    public void The_table_has_123_cells_and_28_actions()
    {
        var filled = Enum.GetValues<UpperLayerEvent>()
            .SelectMany(happened => Enum.GetValues<UpperLayerState>().Select(state => UpperLayerTable.Find(happened, state)))
            .OfType<UpperLayerAction>()
            .ToList();

        Assert.Equal(123, filled.Count);
        Assert.Equal(28, filled.Distinct().Count());
    }

    [Fact]
    public void Every_action_is_a_method_of_its_name()
    {
        var methods = typeof(Association).GetMethods(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance).Select(method => method.Name).ToHashSet();

        Assert.All(Enum.GetNames<UpperLayerAction>(), name => Assert.Contains(name, methods));
    }
}
