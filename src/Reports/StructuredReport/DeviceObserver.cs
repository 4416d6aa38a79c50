using BrainTumorDicom.Reports.Codes;
using static BrainTumorDicom.Reports.StructuredReport.Relationship;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>TID 1004, the device as observer: the algorithm. IHE AIR wants the names here equal to those of the Contributing Equipment.</summary>
internal static class DeviceObserver
{
    /// <summary>The items of TID 1002 and 1004.</summary>
    public static IEnumerable<ContentItem> Items(ReportRequest request)
    {
        var model = request.Finding.Model;
        yield return new CodeItem(HasObservationContext, ReportCodes.ObserverType, ReportCodes.Device);
        yield return new UidItem(HasObservationContext, ReportCodes.DeviceObserverUid, ReportIdentity.Device(model).Value);
        yield return new TextItem(HasObservationContext, ReportCodes.DeviceObserverName, model.Name);
        yield return new TextItem(HasObservationContext, ReportCodes.DeviceObserverManufacturer, model.Manufacturer);
        yield return new TextItem(HasObservationContext, ReportCodes.DeviceObserverModelName, model.Name);
        yield return new TextItem(HasObservationContext, ReportCodes.DeviceObserverSerialNumber, request.Origin.DeviceSerialNumber);
    }
}
