using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Dictionary;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Pipeline.Work;

/// <summary>What a build did.</summary>
/// <param name="Manifest">The release in force afterwards; null where the checks failed and there is none.</param>
/// <param name="IsNew">False where nothing had changed, or where the checks failed.</param>
public sealed record BuildResult(Manifest? Manifest, bool IsNew, IReadOnlyList<CheckFailure> Failures)
{
    /// <summary>What was found damaged, and what was done about it.</summary>
    public IReadOnlyList<Text> Told { get; init; } = [];

    /// <summary>It lies beside the release in force, which stays so.</summary>
    public bool IsAside => Manifest?.IsAside == true;

    /// <summary>The release that was in force before; null where there was none that is whole.</summary>
    public Manifest? Before { get; init; }

    /// <summary>Why everything was made anew; null where the build started from <see cref="Before"/>.</summary>
    public Text? Anew { get; init; }

    /// <summary>Tables made again, and those in which the rows of some returns or patents were exchanged, of how many; zeros where everything was made anew.</summary>
    public (int Whole, int InPart, int All) Made { get; init; }
}

/// <summary>Builds the warehouse into a new file, checks it, and publishes it.</summary>
/// <param name="threads">Threads that the build may take; null for all of the machine. The release is the same with any number.</param>
public sealed class Building(Workspace workspace, Definitions definitions, TimeProvider clock, int releasesToKeep, int? threads = null)
{
    /// <summary>Rows from which on returns are exchanged in a table instead of the table being made again; where no table has them, everything is made anew.</summary>
    public long LargeFrom { get; init; } = LargeUsually;

    public const int LargeUsually = WarehouseBuilder.Many;

    /// <param name="asOf">A release whose files alone are to be built from; null for all.</param>
    /// <param name="force">Build and publish also where neither files nor definitions have changed.</param>
    /// <param name="publish">What is built from the files of an older release takes the place of the one in force; otherwise it lies beside that, where it is whole.</param>
    public BuildResult Build(
        string? asOf,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel,
        bool force = false,
        bool publish = false
    ) => Make(asOf, null, progress, cancel, force, publish);

    /// <summary>Makes a damaged release again from its own files, under its own name, where that gives the same content; the damaged one is set aside.</summary>
    /// <param name="damaged">Its manifest, which is whole.</param>
    /// <exception cref="ReleaseException">It cannot be had from what is left; says why. The damaged one stays where it is.</exception>
    public void Remake(Manifest damaged, IProgress<(int Done, int Total, string What)>? progress, CancellationToken cancel)
    {
        if (Make(null, damaged, progress, cancel, force: true, publish: false).Failures is [var failure, ..])
            throw new ReleaseException(new($"检查未通过：{failure.Check}", $"the check {failure.Check} does not hold"));
    }

    /// <param name="remake">A damaged release that is to be made again; null for a new one.</param>
    private BuildResult Make(
        string? asOf,
        Manifest? remake,
        IProgress<(int Done, int Total, string What)>? progress,
        CancellationToken cancel,
        bool force,
        bool publish
    )
    {
        var store = new ReleaseStore(workspace.Releases);
        store.Tidy();
        var told = new List<Text>();
        if (store.PointerFault is { } pointer && store.Ids.Count > 0)
            told.Add(pointer);
        store.Heal();
        var graph = Task.Run(() => ModelGraph.Of(definitions), cancel);
        _ = new SurveyPlan(definitions);
        var gate = DisclosureGate.Of(definitions, () => EarlierEdition.Of(store, remake?.Id ?? (asOf is null ? null : store.Find(asOf).Id)), cancel, progress);
        var rules = new RuleCatalogue(definitions);
        var landingPath = workspace.Landing;
        List<ManifestInput> inputs;
        List<WithdrawnInput> withdrawn;
        using (var landing = LandingStore.Open(landingPath))
        {
            // Empty, it would make a release of nothing.
            if (landing.SetAside is { } damaged)
                throw new ReleaseException(new($"{damaged.Zh}；请再次运行 innovation build", $"{damaged.En}; run innovation build again"));
            var wanted = (remake ?? (asOf is null ? null : store.Find(asOf)))?.Inputs.Select(i => i.Sha256).ToHashSet();
            inputs =
            [
                .. landing
                    .Connection.Rows("select name, sha256, bytes, file_no from file order by sha256")
                    .Where(r => wanted?.Contains((string)r[1]!) ?? true)
                    .Select(r => new ManifestInput((string)r[0]!, (string)r[1]!, (long)r[2]!)),
            ];
            withdrawn = Withdrawn(inputs, wanted);
            if (wanted is not null)
            {
                landingPath = Path.Combine(workspace.Scratch, $"landing-{Guid.NewGuid():N}", "landing.duckdb");
                Subset(landing, rules, landingPath, wanted);
            }
            Telemetry.Run("rules", () => RuleRunner.Run(landing, rules));
            landing.Connection.Run("checkpoint");
            FaultPoint.Reach("landing.checkpointed");
        }
        var inputHash = Hash(inputs.Select(i => i.Sha256));
        var definitionHash = Hash([definitions.Hash(), LandingTables.Hash, ReaderVersion.Current, rules.Hash]);
        if (remake is not null && (inputHash, definitionHash) != (remake.InputHash, remake.DefinitionHash))
            throw new ReleaseException(
                inputHash != remake.InputHash
                    ? new("它用到的文件已不齐全", "not all of the files that it was made from are there")
                    : new(
                        "它由另一套定义或另一版程序构建；请用那一版程序修复，或从备份恢复",
                        "it was made by other definitions or another version of this program: repair it with those, or from a backup"
                    )
            );
        var last = remake is null ? Sound(store, told) : null;
        if (!force && last is not null && last.InputHash == inputHash && last.DefinitionHash == definitionHash)
            return new(last, false, []) { Told = told };
        if (!force && store.Unannounced is { } unannounced && unannounced.InputHash == inputHash && unannounced.DefinitionHash == definitionHash)
        {
            store.Announce(unannounced);
            return new(unannounced, true, []) { Told = told };
        }

        var id = remake?.Id ?? store.NextId(inputHash, definitionHash);
        var stage = store.Stage(id);
        var file = $"wh-{id}.duckdb";
        var path = Path.Combine(stage, file);
        var pages = Task.CompletedTask;
        ReleaseCheck? check = null;
        try
        {
            IReadOnlyList<CheckFailure> failures;
            SortedDictionary<string, long> tables;
            bool synthetic;
            BuiltTables built;
            var builder = new WarehouseBuilder(definitions, graph.GetAwaiter().GetResult()) { IsSideBySide = threads != 1 };
            BuildAccount account;
            var start = StartingPoint.Of(store, last, definitionHash, asOf, force, isGated: gate is not null, LargeFrom, path, workspace.Scratch);
            if (start.Damage is { } found)
                told.Add(found);
            if (start.Made is null)
                EmptyWarehouse.Place(path, builder, Hash([definitionHash, StartingPoint.Program]), landingPath, UserCache.Folder);
            using (var warehouse = Database.OpenForBuilding(path, threads))
            {
                warehouse.Run($"attach {Sql.Literal(landingPath)} as landing (read_only)");
                Identify(warehouse, id, definitionHash, inputHash);
                account = new(StartingPoint.Program, LandingDigests.Of(warehouse), id, builder.Graph);
                built = Telemetry.Run(
                    "models",
                    () =>
                        start.Made is not { } made
                            ? builder.Fill(warehouse, account, progress, cancel, gate)
                            : builder.Update(warehouse, account, made, store.WarehousePath(last!), LargeFrom, progress, cancel)
                );
                FaultPoint.Reach("warehouse.built");
                // Its queries run beside the checks, on a connection that is the page's alone.
                var beside = Database.OpenBeside(warehouse);
                pages = Task.Run(
                    () =>
                    {
                        using (beside)
                            DictionaryPage.Write(stage, definitions, built.Lineage, beside, id);
                    },
                    CancellationToken.None
                );
                failures = Telemetry.Run("checks", () => builder.Check(warehouse, built));
                Telemetry.Run("dictionary", () => pages.GetAwaiter().GetResult());
                // One thread writes the file; the process that will read it starts on the other.
                if (failures.Count == 0)
                    check = new(stage, Path.Combine(workspace.Scratch, "check"), built.Written);
                warehouse.Run("detach landing");
                warehouse.Run("checkpoint");
                FaultPoint.Reach("warehouse.checkpointed");
                tables = new(Counts(warehouse), StringComparer.Ordinal);
                synthetic = warehouse.Scalar<bool>("select is_synthetic from published.release");
            }
            if (failures.Count > 0)
                return new(last, false, failures) { Told = told };
            var content = ContentHash.Of(account.Says);
            if (File.Exists(path + ".wal"))
                throw new InvalidOperationException("a write-ahead log is left beside the built warehouse");
            FaultPoint.Reach("dictionary.written");
            IReadOnlyList<ManifestInput> published =
            [
                .. Directory
                    .EnumerateFiles(stage)
                    .Where(f => f != path)
                    .Order(StringComparer.Ordinal)
                    .Select(f => new ManifestInput(Path.GetFileName(f), FileHash.Of(f), new FileInfo(f).Length)),
            ];
            var manifest = new Manifest(
                id,
                inputHash,
                definitionHash,
                file,
                new FileInfo(path).Length,
                FileHash.Of(path),
                content,
                remake?.BuiltAt ?? clock.GetUtcNow(),
                synthetic,
                tables,
                inputs,
                published,
                ReaderVersion: ReaderVersion.Current,
                Withdrawn: withdrawn.Count == 0 ? null : withdrawn,
                IsAside: remake?.IsAside ?? (asOf is not null && !publish && last is not null)
            );
            Telemetry.Run("sealing", () => store.Seal(stage, manifest));
            Telemetry.Run("reading back", check!.Demand);
            FaultPoint.Reach("release.checked");
            if (remake is not null)
            {
                if (content != remake.ContentHash)
                    throw new ReleaseException(
                        new(
                            "由其文件重建的内容与发布时不同，未替换；请从备份恢复",
                            "what its files give now has other content than was published, and was not put in its place: restore it from a backup"
                        )
                    );
                store.Replace(id, stage, Path.Combine(workspace.Damaged, id));
                return new(manifest, true, []) { Told = told };
            }
            store.Publish(stage, manifest);
            store.Prune(releasesToKeep);
            Activity
                .Current?.SetTag("release", manifest.Id)
                .SetTag("content_hash", content)
                .SetTag("files", inputs.Count)
                .SetTag("tables_made", built.Whole?.Count ?? builder.Graph.Ordered.Length)
                .SetTag("tables_exchanged", built.InPart.Count);
            return new(manifest, true, [])
            {
                Told = told,
                Before = last,
                Anew = start.Anew,
                Made = built.Whole is { } whole ? (whole.Count, built.InPart.Count, builder.Graph.Ordered.Length) : default,
            };
        }
        finally
        {
            Task.WhenAny(pages).Wait(CancellationToken.None);
            check?.Dispose();
            if (Directory.Exists(stage))
                Directory.Delete(stage, recursive: true);
            if (landingPath != workspace.Landing)
                Directory.Delete(Path.GetDirectoryName(landingPath)!, recursive: true);
        }
    }

    /// <summary>The rows of each table, counted: the engine's own estimate still has those that were deleted.</summary>
    private static Dictionary<string, long> Counts(DuckDBConnection warehouse)
    {
        var names = warehouse
            .Rows("select schema_name, table_name from duckdb_tables() where database_name = current_database() and not temporary")
            .Select(r => (Name: $"{r[0]}.{r[1]}", Relation: $"{Sql.Name((string)r[0]!)}.{Sql.Name((string)r[1]!)}"));
        return warehouse
            .Rows(string.Join(" union all ", names.Select(n => $"select {Sql.Literal(n.Name)}, count(*) from {n.Relation}")))
            .ToDictionary(r => (string)r[0]!, r => (long)r[1]!);
    }

    /// <summary>The files that are out of account.</summary>
    /// <exception cref="ReleaseException">A file that is still landed, or one that the older release was made from, is among them.</exception>
    private List<WithdrawnInput> Withdrawn(List<ManifestInput> inputs, HashSet<string>? wanted)
    {
        if (!Directory.Exists(workspace.Received))
            return [];
        var receipts = new Archive(workspace.Received, clock, long.MaxValue).Receipts.ToDictionary(r => r.Sha256, StringComparer.Ordinal);
        var all = new Withdrawals(workspace.Received)
            .InForce.Values.Where(w => receipts.ContainsKey(w.Sha256))
            .OrderBy(w => w.Sha256, StringComparer.Ordinal)
            .ToList();
        if (all.Find(w => wanted?.Contains(w.Sha256) == true) is { } needed)
            throw new ReleaseException(
                new(
                    $"该版本用到的文件“{receipts[needed.Sha256].Name}”后来被撤出；请先恢复：innovation withdraw {needed.Sha256[..12]} --undo --why …，再运行",
                    $"the file \"{receipts[needed.Sha256].Name}\" that this release was made from has been withdrawn since; take it back first: innovation withdraw {needed.Sha256[..12]} --undo --why …"
                )
            );
        if (all.Find(w => inputs.Any(i => i.Sha256 == w.Sha256)) is { } landed)
            throw new ReleaseException(
                new(
                    $"“{receipts[landed.Sha256].Name}”正在撤出，请先运行 innovation load",
                    $"\"{receipts[landed.Sha256].Name}\" is being withdrawn: run innovation load first"
                )
            );
        return [.. all.Select(w => new WithdrawnInput(receipts[w.Sha256].Name, w.Sha256, w.Why, w.At))];
    }

    /// <summary>The release in force, where it is whole; one that is damaged is told, and does not stand in the way of the next.</summary>
    private Manifest? Sound(ReleaseStore store, List<Text> told)
    {
        if (store.Current is not { } current)
            return null;
        var faults = new List<Text>();
        if (store.Sound(current, new RememberedDigests(workspace.Scratch).Of, faults) is { } manifest)
            return manifest;
        told.Add(
            new(
                $"发布版本 {current} 已损坏，由收到的文件重建：{string.Join("；", faults.Select(f => f.Zh))}",
                $"release {current} is damaged and is made again from the files received: {string.Join("; ", faults.Select(f => f.En))}"
            )
        );
        return null;
    }

    /// <summary>Landing as it was for an older release: its files and nothing else, with the rules run over them again.</summary>
    private static void Subset(LandingStore landing, RuleCatalogue rules, string path, HashSet<string> wanted)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        landing.Connection.Run($"attach {Sql.Literal(path)} as subset");
        landing.Connection.Run("create temp table wanted as select unnest($1) as sha256", wanted.ToList());
        foreach (
            var row in landing.Connection.Rows(
                """
                select table_name, bool_or(column_name = 'file_no') from duckdb_columns()
                where database_name = 'landing' and table_name in (select table_name from duckdb_tables() where database_name = 'landing') group by all order by 1
                """
            )
        )
        {
            // What is not of a file is copied whole.
            var (table, isOfFiles) = ((string)row[0]!, (bool)row[1]!);
            landing.Connection.Run(
                !isOfFiles
                    ? $"create table subset.{table} as from landing.{table}"
                    : $"create table subset.{table} as select t.* from landing.{table} as t where t.file_no in (select file_no from landing.file semi join wanted using (sha256))"
            );
        }
        landing.Connection.Run("detach subset");
        using var older = LandingStore.Open(path);
        older.Connection.Run("delete from landing.judged; update landing.meta set rules_run_for = null");
        RuleRunner.Run(older, rules);
        older.Connection.Run("checkpoint");
    }

    /// <summary>Which build this is; of all seed tables the one that differs from build to build.</summary>
    private static void Identify(DuckDBConnection warehouse, string id, string definitionHash, string inputHash)
    {
        warehouse.Run("delete from seed.build");
        warehouse.Run("insert into seed.build values ($1, $2, $3)", id, definitionHash, inputHash);
    }

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
