using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Jobs;

public sealed class StudyAnalysisTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task A_study_ends_in_files_a_finding_and_deliveries()
    {
        var pacs = new ScriptedDestination("pacs");
        await jobs.RestartAsync(pacs);

        await jobs.ReceiveAsync("1.2.3");
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.ListAsync("1.2.3", 1)) is [{ State: DeliveryState.Delivered }]);

        var folder = jobs.Folder.ReportFolder("1.2.3", 1);
        Assert.Equal(["bundle.fhir.json", "finding.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal("NOT-MR", (await jobs.FindingAsync("1.2.3", 1)).ReasonCode);
        var reports = await jobs.Get<FindingLedger>().ReportsAsync("1.2.3", 1);
        Assert.All(reports, report => Assert.Equal(
            report.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(jobs.Folder.Path, report.Path))))));
        Assert.Equal(["1.2.3/1"], pacs.Attempts);
    }

    [Fact]
    public async Task An_analysis_that_throws_twice_ends_as_an_error_with_a_report()
    {
        var pacs = new ScriptedDestination("pacs");
        await jobs.RestartAsync(pacs);
        jobs.Reporter.Analyses.Enqueue(_ => throw new InvalidOperationException("poison"));
        jobs.Reporter.Analyses.Enqueue(_ => throw new InvalidOperationException("poison"));

        await jobs.ReceiveAsync("1.2.3");
        var finding = await jobs.FindingAsync("1.2.3", 1);

        Assert.Equal(("error", "ANALYSIS-BROKE"), (finding.Disposition, finding.ReasonCode));
        Assert.Equal(2, jobs.Reporter.Begun.Count);
        await JobsFixture.EventuallyAsync(() => pacs.Attempts.Count == 1);
    }

    [Fact]
    public async Task A_study_that_takes_the_process_down_twice_ends_as_an_error()
    {
        await jobs.RestartAsync();
        jobs.Get<JobDatabase>().Begin("1.2.3", 1);
        jobs.Get<JobDatabase>().Begin("1.2.3", 1);

        await jobs.ReceiveAsync("1.2.3");

        Assert.Equal("error", (await jobs.FindingAsync("1.2.3", 1)).Disposition);
        Assert.Empty(jobs.Reporter.Begun);
    }

    [Fact]
    public async Task A_full_disk_is_no_fault_of_the_study()
    {
        await jobs.RestartAsync();
        for (var i = 0; i < 4; i++)
        {
            jobs.Reporter.Analyses.Enqueue(_ => throw new IOException("No space left on device"));
        }

        await jobs.ReceiveAsync("1.2.3");

        Assert.Equal("refused", (await jobs.FindingAsync("1.2.3", 1)).Disposition);
        Assert.Equal(5, jobs.Reporter.Begun.Count);
    }

    [Fact]
    public async Task A_stop_in_the_middle_is_no_failure_and_the_next_start_carries_on()
    {
        await jobs.RestartAsync();
        for (var stop = 0; stop < 3; stop++)
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            jobs.Reporter.Analyses.Enqueue(token =>
            {
                begun.SetResult();
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
            });
            if (stop == 0)
            {
                await jobs.ReceiveAsync("1.2.3");
            }
            else
            {
                await jobs.RestartAsync();
            }

            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await jobs.StopAsync();
        }

        await jobs.RestartAsync();

        Assert.Equal("refused", (await jobs.FindingAsync("1.2.3", 1)).Disposition);
    }

    [Fact]
    public async Task Putting_in_twice_and_running_again_changes_nothing()
    {
        var pacs = new ScriptedDestination("pacs");
        await jobs.RestartAsync(pacs);
        await jobs.ReceiveAsync("1.2.3");
        await jobs.Schedule.EnqueueAsync("1.2.3", 1, TestContext.Current.CancellationToken);
        var first = await jobs.FindingAsync("1.2.3", 1);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 0);

        await jobs.Get<StudyAnalysis>().RunAsync("1.2.3", 1, TestContext.Current.CancellationToken);

        Assert.Equal(first, await jobs.FindingAsync("1.2.3", 1));
        Assert.Equal(["1.2.3/1"], jobs.Reporter.Begun);
        Assert.Single(pacs.Attempts);
    }

    [Fact]
    public async Task Late_slices_make_a_second_report_that_follows_on_the_first()
    {
        await jobs.RestartAsync();
        await jobs.ReceiveAsync("1.2.3", number: 1);
        await jobs.FindingAsync("1.2.3", 1);
        await jobs.ReceiveAsync("1.2.3", number: 2);
        await jobs.FindingAsync("1.2.3", 2);

        Assert.Equal(
            """{"instances":2,"predecessor":1}""",
            await File.ReadAllTextAsync(Path.Combine(jobs.Folder.ReportFolder("1.2.3", 2), ReportKinds.FhirFile), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_revision_that_a_newer_one_covers_is_left_out()
    {
        await jobs.RestartAsync();
        await jobs.AddInstanceAsync("1.2.3", 1);
        await jobs.Get<RevisionLedger>().OpenAsync("1.2.3", DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        await jobs.ReceiveAsync("1.2.3", number: 2);
        await jobs.FindingAsync("1.2.3", 2);

        await jobs.Get<StudyAnalysis>().RunAsync("1.2.3", 1, TestContext.Current.CancellationToken);

        Assert.Equal(["1.2.3/2"], jobs.Reporter.Begun);
        Assert.Null(await jobs.Get<FindingLedger>().FindAsync("1.2.3", 1));
    }

    [Fact]
    public async Task Files_that_a_crash_left_behind_are_written_anew()
    {
        await jobs.RestartAsync();
        var folder = Directory.CreateDirectory(jobs.Folder.ReportFolder("1.2.3", 1)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "half"), "", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder)!, ".1.partial"));

        await jobs.ReceiveAsync("1.2.3");
        await jobs.FindingAsync("1.2.3", 1);

        Assert.Equal(["1"], Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!).Select(Path.GetFileName));
        Assert.Equal(["bundle.fhir.json", "finding.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();
}
