using System.Data;
using System.Globalization;
using Dapper;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>Times are integers in the ledger: milliseconds since 1970 UTC, which sort and compare in SQL.</summary>
internal sealed class UnixTimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    /// <inheritdoc/>
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
    {
        parameter.DbType = DbType.Int64;
        parameter.Value = value.ToUnixTimeMilliseconds();
    }

    /// <inheritdoc/>
    public override DateTimeOffset Parse(object value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
