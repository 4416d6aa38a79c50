namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>A request body breaks RFC 2046: nothing after this place can be read.</summary>
internal sealed class MultipartFormatException(string message) : IOException(message);
