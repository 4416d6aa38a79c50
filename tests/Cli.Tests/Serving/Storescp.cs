using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>DCMTK's storescp: a destination that nobody here wrote.</summary>
internal sealed class Storescp : IDisposable
{
    private readonly Process process;

    private Storescp(Process process, int port, string folder)
    {
        this.process = process;
        Port = port;
        Folder = folder;
    }

    public int Port { get; }

    public string Folder { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"STORESCP@127.0.0.1:{Port}");

    public IReadOnlyList<string> Files => Directory.GetFiles(Folder);

    /// <summary>The structured reports among them: storescp begins their names so.</summary>
    public IReadOnlyList<string> Reports => Directory.GetFiles(Folder, "SR*");

    public static Task<Storescp> StartAsync(string folder, params string[] options) => StartAsync(folder, FreePort(), options);

    public static async Task<Storescp> StartAsync(string folder, int port, params string[] options)
    {
        Directory.CreateDirectory(folder);
        var process = PeerTools.Start("storescp", [.. options, "-od", folder, "-aet", "STORESCP", port.ToString(CultureInfo.InvariantCulture)]);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => Accepts(port), () => "storescp");
        return new Storescp(process, port, folder);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool Accepts(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
