using System.Globalization;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One attempt over HTTP: what goes wrong on the way is tried again.</summary>
internal static class HttpAttempt
{
    /// <summary>Runs it.</summary>
    /// <param name="attempt">Makes the requests; each has <paramref name="timeout"/>.</param>
    /// <param name="timeout">For the message.</param>
    /// <param name="cancellationToken">Of the service: when it stops there is no outcome.</param>
    public static async Task<DeliveryOutcome> RunAsync(Func<Task<DeliveryOutcome>> attempt, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt().ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            return new DeliveryOutcome.Retry($"not reached: {error.Message}");
        }
        catch (IOException error) when (error is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return new DeliveryOutcome.Retry($"connection lost: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0} s"));
        }
    }
}
