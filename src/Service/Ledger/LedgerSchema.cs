using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BrainTumorDicom.Service.Ledger;

/// <summary>The tables of the ledger and how an older ledger becomes a newer one: <c>PRAGMA user_version</c> counts the steps taken.</summary>
internal static class LedgerSchema
{
    /// <summary>The version that this program writes.</summary>
    public static int Version => Steps.Length;

    // A step is never changed once released: a later version appends another.
    private static ImmutableArray<string> Steps { get; } =
    [
        """
        CREATE TABLE studies (
            study_instance_uid TEXT NOT NULL PRIMARY KEY,
            first_received INTEGER NOT NULL,
            last_received INTEGER NOT NULL,
            interruption TEXT NOT NULL DEFAULT ''
        ) WITHOUT ROWID;

        CREATE TABLE series (
            study_instance_uid TEXT NOT NULL REFERENCES studies,
            series_instance_uid TEXT NOT NULL,
            modality TEXT NOT NULL,
            first_received INTEGER NOT NULL,
            last_received INTEGER NOT NULL,
            PRIMARY KEY (study_instance_uid, series_instance_uid)
        ) WITHOUT ROWID;

        CREATE TABLE instances (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sop_instance_uid TEXT NOT NULL,
            variant INTEGER NOT NULL,
            study_instance_uid TEXT NOT NULL REFERENCES studies,
            series_instance_uid TEXT NOT NULL,
            sop_class_uid TEXT NOT NULL,
            transfer_syntax_uid TEXT NOT NULL,
            calling_ae TEXT NOT NULL,
            received INTEGER NOT NULL,
            segment INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            data_length INTEGER NOT NULL,
            data_checksum INTEGER NOT NULL,
            UNIQUE (sop_instance_uid, variant),
            UNIQUE (segment, offset)
        );
        CREATE INDEX instances_by_study ON instances (study_instance_uid, id);

        CREATE TABLE segments (
            number INTEGER NOT NULL PRIMARY KEY,
            through INTEGER NOT NULL,
            outcome INTEGER
        );

        CREATE TABLE damages (
            segment INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            reason TEXT NOT NULL,
            set_aside TEXT NOT NULL,
            found INTEGER NOT NULL,
            PRIMARY KEY (segment, offset)
        ) WITHOUT ROWID;

        CREATE TABLE revisions (
            study_instance_uid TEXT NOT NULL REFERENCES studies,
            revision INTEGER NOT NULL,
            through_instance INTEGER NOT NULL,
            complete INTEGER NOT NULL,
            incomplete_reason TEXT NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (study_instance_uid, revision)
        ) WITHOUT ROWID;

        CREATE TABLE findings (
            study_instance_uid TEXT NOT NULL,
            revision INTEGER NOT NULL,
            disposition TEXT NOT NULL,
            reason_code TEXT,
            class TEXT,
            json TEXT NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (study_instance_uid, revision),
            FOREIGN KEY (study_instance_uid, revision) REFERENCES revisions
        );

        CREATE TABLE reports (
            study_instance_uid TEXT NOT NULL,
            revision INTEGER NOT NULL,
            kind TEXT NOT NULL,
            uid TEXT NOT NULL,
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (study_instance_uid, revision, kind),
            FOREIGN KEY (study_instance_uid, revision) REFERENCES findings
        );

        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            study_instance_uid TEXT NOT NULL,
            revision INTEGER NOT NULL,
            destination TEXT NOT NULL,
            kind TEXT NOT NULL,
            state INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt INTEGER NOT NULL,
            last_error TEXT NOT NULL,
            changed INTEGER NOT NULL,
            UNIQUE (study_instance_uid, revision, destination, kind),
            FOREIGN KEY (study_instance_uid, revision) REFERENCES findings
        );
        CREATE INDEX deliveries_due ON deliveries (state, next_attempt);
        """,
        """
        ALTER TABLE deliveries ADD COLUMN sop_class_uid TEXT NOT NULL DEFAULT '';
        ALTER TABLE deliveries ADD COLUMN sop_instance_uid TEXT NOT NULL DEFAULT '';
        ALTER TABLE deliveries ADD COLUMN commitment INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE deliveries ADD COLUMN commitment_requests INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE deliveries ADD COLUMN commitment_failures INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE commitments (
            transaction_uid TEXT NOT NULL PRIMARY KEY,
            delivery INTEGER NOT NULL REFERENCES deliveries,
            request INTEGER NOT NULL,
            requested INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX commitments_by_delivery ON commitments (delivery, request);
        """,
        """
        ALTER TABLE instances ADD COLUMN purged INTEGER;
        ALTER TABLE segments ADD COLUMN purged INTEGER;
        """,
        """
        CREATE TABLE verdicts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            study_instance_uid TEXT NOT NULL REFERENCES studies,
            reader TEXT NOT NULL,
            class TEXT NOT NULL,
            comment TEXT NOT NULL,
            given INTEGER NOT NULL
        );
        CREATE INDEX verdicts_by_study ON verdicts (study_instance_uid, reader, id);

        CREATE TABLE shadow_findings (
            study_instance_uid TEXT NOT NULL,
            revision INTEGER NOT NULL,
            model_sha256 TEXT NOT NULL,
            disposition TEXT NOT NULL,
            reason_code TEXT,
            class TEXT,
            json TEXT NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (study_instance_uid, revision, model_sha256),
            FOREIGN KEY (study_instance_uid, revision) REFERENCES findings
        );
        """,
        """
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            delivery INTEGER NOT NULL REFERENCES deliveries,
            attempts INTEGER NOT NULL,
            released INTEGER NOT NULL
        );
        CREATE INDEX releases_by_delivery ON releases (delivery, id);

        ALTER TABLE instances ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
        """,
    ];

    /// <summary>Brings the open ledger to <see cref="Version"/>, one transaction a step.</summary>
    /// <exception cref="InvalidOperationException">The ledger was written by a newer version of this program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version > Version)
        {
            throw new InvalidOperationException(
                $"The ledger {connection.DataSource} has schema version {version}; this program knows up to {Version}. Use the newer program.");
        }

        for (; version < Version; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Steps[version], transaction: transaction);
            connection.Execute($"PRAGMA user_version = {version + 1}", transaction: transaction);
            transaction.Commit();
        }
    }
}
