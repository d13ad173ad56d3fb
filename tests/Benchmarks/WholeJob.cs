using Npgsql;

namespace Innovation1551.Benchmarks;

/// <summary>
/// The job on the large CSV as an analyst would do it elsewhere: types; keys; seven checks (nothing missing, year and date agree, type and number agree, the number's
/// check digit, no event twice, none granted before it is filed, owner known); a star; twenty tables of figures. Each says how many rows are at fault
/// and a sum over its figures, and all must say the same.
/// </summary>
internal static class WholeJob
{
    private const string Script = "/usr/bin/Rscript";

    /// <summary>Seconds of each that is to be had here; null, and why not, of the others.</summary>
    public static IEnumerable<(string Peer, double? Seconds)> All(string csv, TemporaryFolder folder)
    {
        var skip = File.ReadLines(csv).TakeWhile(l => !l.StartsWith("统一社会信用代码", StringComparison.Ordinal)).Count();
        string? said = null;
        if (Pandas.Available)
            yield return ("pandas: types, checks, star, twenty tables", Run(Pandas.Python, InPandas, "job.py"));
        else
            yield return ("pandas is not installed", null);
        if (File.Exists(Script) && Measuring.Succeeds(Script, "-e", "library(data.table)"))
            yield return ("R with data.table: the same", Run(Script, InR, "job.R"));
        else
            yield return ("R with data.table is not installed", null);
        if (Environment.GetEnvironmentVariable("INNOVATION_POSTGRES") is { Length: > 0 } to)
            yield return ("PostgreSQL: COPY, constraints, the same tables by SQL", InPostgres());
        else
            yield return ("INNOVATION_POSTGRES names no server", null);

        double Run(string program, string text, string name)
        {
            var (script, answer) = (folder.At(name), folder.At(name + ".answer"));
            File.WriteAllText(script, text);
            var seconds = Measuring.Process(program, [script, csv, $"{skip}", answer]).Seconds;
            Demand(program, File.ReadAllText(answer).Trim());
            return seconds;
        }

        double InPostgres()
        {
            using var connection = new NpgsqlConnection(to);
            connection.Open();
            // What is temporary goes with the connection, and is not logged: to its advantage.
            var answer = "";
            var seconds = Measuring.Once(() =>
            {
                Do("create temp table raw (code text, name text, period text, no text, title text, type text, event text, day text, owners text, note text)");
                using (var copy = connection.BeginTextImport("copy raw from stdin (format csv)"))
                using (var text = new StreamReader(csv))
                {
                    for (var i = 0; i <= skip; i++)
                        text.ReadLine();
                    var buffer = new char[1 << 16];
                    for (int read; (read = text.Read(buffer)) > 0; )
                        copy.Write(buffer, 0, read);
                }
                Do(InSql);
                using var command = new NpgsqlCommand("select faults || ' ' || total from answer", connection) { CommandTimeout = 0 };
                answer = (string)command.ExecuteScalar()!;
            });
            Demand("PostgreSQL", answer);
            return seconds;

            void Do(string sql)
            {
                using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
                command.ExecuteNonQuery();
            }
        }

        void Demand(string who, string answer)
        {
            if ((said ??= answer) != answer)
                throw new InvalidOperationException($"{who} says {answer} where another says {said}");
        }
    }

    private const string InPandas = """
        import sys, pandas as pd
        csv, skip, answer = sys.argv[1], int(sys.argv[2]), sys.argv[3]
        raw = pd.read_csv(csv, skiprows=skip + 1, dtype=str, encoding='utf-8', header=None,
            names=['code', 'name', 'period', 'no', 'title', 'type', 'event', 'day', 'owners', 'note'])
        needed = ['code', 'period', 'no', 'title', 'type', 'event', 'day', 'owners']
        faulty = raw[needed].isna().any(axis=1)
        raw['year'] = raw['period'].str[:4].astype('int16')
        raw['day'] = pd.to_datetime(raw['day'], format='%Y-%m-%d', errors='coerce')
        faulty |= raw['day'].dt.year != raw['year']
        faulty |= raw['no'].str[4].map({'1': 'I', '2': 'U', '3': 'D'}) != raw['type']
        total = sum(raw['no'].str[i].astype('int16') * (2 + i % 8) for i in range(12)) % 11
        faulty |= total.astype(str).where(total < 10, 'X') != raw['no'].str[13]
        faulty |= raw.duplicated(['no', 'event'], keep=False)
        days = raw.pivot_table(index='no', columns='event', values='day', aggfunc='first')
        faulty |= raw['no'].isin(days.index[days['GRANT'] < days['FILE']])
        enterprise = raw[['code', 'name']].drop_duplicates('code').sort_values('code').reset_index(drop=True).rename_axis('enterprise_key').reset_index()
        patent = raw[['no', 'type', 'title']].drop_duplicates('no').sort_values('no').reset_index(drop=True).rename_axis('patent_key').reset_index()
        fact = raw[~faulty].merge(enterprise[['enterprise_key', 'code', 'name']], left_on=['code', 'owners'], right_on=['code', 'name'])
        fact = fact.merge(patent[['patent_key', 'no']], on='no')[['enterprise_key', 'patent_key', 'year', 'type', 'event', 'day']]
        figures = []
        for dims in ([], ['type'], ['enterprise_key'], ['type', 'enterprise_key']):
            for event in ('FILE', 'GRANT'):
                counted = fact[fact['event'] == event].groupby(['year'] + dims).size()
                figures.append(counted)
                figures.append(counted.groupby(dims).cumsum() if dims else counted.cumsum())
        for dims in (['year'], ['year', 'enterprise_key']):
            for event in ('FILE', 'GRANT'):
                of = fact[fact['event'] == event]
                figures.append((of['type'] == 'I').groupby([of[d] for d in dims]).sum() * 100 // of.groupby(dims).size())
        for name, frame in (('enterprise', enterprise), ('patent', patent), ('fact', fact)):
            frame.to_pickle(f'{csv}.{name}.pickle')
        pd.concat(figures).to_pickle(csv + '.figures.pickle')
        open(answer, 'w').write(f'{int(faulty.sum())} {int(sum(f.sum() for f in figures))}')
        """;

    private const string InR = """
        library(data.table)
        given <- commandArgs(TRUE)
        raw <- fread(given[1], skip = as.integer(given[2]) + 1L, header = FALSE, colClasses = "character", encoding = "UTF-8", na.strings = "", quote = "",
          col.names = c("code", "name", "period", "no", "title", "type", "event", "day", "owners", "note"), fill = TRUE)
        needed <- c("code", "period", "no", "title", "type", "event", "day", "owners")
        faulty <- !complete.cases(raw[, ..needed])
        raw[, year := as.integer(substr(period, 1, 4))]
        raw[, day := as.IDate(day, "%Y-%m-%d")]
        faulty <- faulty | year(raw$day) != raw$year
        faulty <- faulty | c("I", "U", "D")[as.integer(substr(raw$no, 5, 5))] != raw$type
        total <- 0L
        for (i in 0:11) total <- total + as.integer(substr(raw$no, i + 1, i + 1)) * (2L + i %% 8L)
        faulty <- faulty | c(0:9, "X")[total %% 11L + 1L] != substr(raw$no, 14, 14)
        faulty <- faulty | duplicated(raw, by = c("no", "event")) | duplicated(raw, by = c("no", "event"), fromLast = TRUE)
        days <- dcast(raw, no ~ event, value.var = "day", fun.aggregate = function(x) x[1])
        faulty <- faulty | raw$no %in% days[GRANT < FILE, no]
        enterprise <- unique(raw[, .(code, name)], by = "code")[order(code)][, enterprise_key := .I]
        patent <- unique(raw[, .(no, type, title)], by = "no")[order(no)][, patent_key := .I]
        fact <- merge(raw[!faulty], enterprise, by.x = c("code", "owners"), by.y = c("code", "name"))
        fact <- merge(fact, patent[, .(no, patent_key)], by = "no")[, .(enterprise_key, patent_key, year, type, event, day)]
        figures <- list()
        for (dims in list(c(), "type", "enterprise_key", c("type", "enterprise_key"))) for (e in c("FILE", "GRANT")) {
          counted <- fact[event == e, .(n = .N), keyby = c(dims, "year")]
          figures <- c(figures, list(counted$n))
          figures <- c(figures, list((if (length(dims)) counted[, .(n = cumsum(n)), by = dims] else counted[, .(n = cumsum(n))])$n))
        }
        for (dims in list("year", c("year", "enterprise_key"))) for (e in c("FILE", "GRANT")) {
          counted <- fact[event == e, .(n = (sum(type == "I") * 100L) %/% .N), keyby = dims]
          figures <- c(figures, list(counted$n))
        }
        saveRDS(list(enterprise, patent, fact, figures), paste0(given[1], ".rds"), compress = FALSE)
        cat(sum(faulty), format(sum(as.numeric(unlist(figures))), scientific = FALSE), file = given[3])
        """;

    private const string InSql = """
        create temp table enterprise (enterprise_key serial primary key, code text unique not null, name text not null);
        insert into enterprise (code, name) select distinct on (code) code, name from raw order by code;
        create temp table patent (patent_key serial primary key, no text unique not null, type text not null check (type in ('I', 'U', 'D')), title text not null);
        insert into patent (no, type, title) select distinct on (no) no, type, title from raw order by no;
        create temp table fact (
            enterprise_key integer not null references enterprise, patent_key integer not null references patent, year smallint not null, type text not null,
            event text not null check (event in ('FILE', 'GRANT')), day date not null, check (extract(year from day) = year), primary key (patent_key, event)
        );
        create temp table fault as
        select r.ctid as row from raw as r
        where code is null or period is null or no is null or title is null or r.type is null or event is null or day is null or owners is null
            or left(day, 4) <> left(period, 4) or translate(substr(no, 5, 1), '123', 'IUD') <> r.type
            or translate(to_char(mod(
                substr(no, 1, 1)::int * 2 + substr(no, 2, 1)::int * 3 + substr(no, 3, 1)::int * 4 + substr(no, 4, 1)::int * 5 + substr(no, 5, 1)::int * 6
                + substr(no, 6, 1)::int * 7 + substr(no, 7, 1)::int * 8 + substr(no, 8, 1)::int * 9 + substr(no, 9, 1)::int * 2 + substr(no, 10, 1)::int * 3
                + substr(no, 11, 1)::int * 4 + substr(no, 12, 1)::int * 5, 11), 'FM90'), ' ', '') <> replace(substr(no, 14, 1), 'X', '10')
        union select r.ctid from raw as r join (select no, event from raw group by no, event having count(*) > 1) as d using (no, event)
        union select r.ctid from raw as r
            join (select no from raw group by no having min(day) filter (where event = 'GRANT') < min(day) filter (where event = 'FILE')) as d using (no);
        insert into fact
        select e.enterprise_key, p.patent_key, left(r.period, 4)::smallint, r.type, r.event, r.day::date
        from raw as r join enterprise as e on e.code = r.code and e.name = r.owners join patent as p using (no)
        where not exists (select from fault as f where f.row = r.ctid);
        create temp table figure as
        with counted as (
            select event, year, type, enterprise_key, count(*) as n from fact
            group by event, year, grouping sets ((), (type), (enterprise_key), (type, enterprise_key))
        ),
        told as (select *, sum(n) over (partition by event, type, enterprise_key order by year) as so_far from counted),
        share as (
            select event, year, enterprise_key, count(*) filter (where type = 'I') * 100 / count(*) as percent from fact
            group by event, year, grouping sets ((), (enterprise_key))
        )
        select 'count' as metric, event, year, type, enterprise_key, n as value from told
        union all select 'so far', event, year, type, enterprise_key, so_far from told
        union all select 'share', event, year, null, enterprise_key, percent from share;
        create temp table answer as select (select count(*) from fault) as faults, sum(value)::bigint as total from figure;
        """;
}
