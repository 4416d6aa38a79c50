using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary>Runs something that counts what it has done, with a bar and the time that is left where there is a terminal.</summary>
internal static class Progressing
{
    public static T Run<T>(string what, Func<IProgress<(int Done, int Total)>?, T> run)
    {
        if (Console.IsOutputRedirected)
        {
            return run(null);
        }

        return AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => run(new Bar(context.AddTask(Markup.Escape(what)))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            lock (task)
            {
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = Math.Max(task.Value, value.Done);
            }
        }
    }
}
