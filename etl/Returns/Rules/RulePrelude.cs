namespace Innovation1551.Returns.Rules;

/// <summary>Functions and tables in SQL that the rules rest on.</summary>
internal static class RulePrelude
{
    public const string Sql = """
        -- The last place that a row's amounts use: what one of them may have lost to rounding is half of it.
        create or replace macro landing.last_place(xs) as list_min(list_transform(xs, x ->
            case when x is null or x = round(x, 0) then 1 when x = round(x, 1) then 0.1 when x = round(x, 2) then 0.01
                when x = round(x, 3) then 0.001 when x = round(x, 4) then 0.0001 when x = round(x, 5) then 0.00001 else 0.000001 end));
        create or replace macro landing.letters(n) as
            case when n > 26 then chr(cast(64 + (n - 1) // 26 as integer)) else '' end || chr(cast(65 + (n - 1) % 26 as integer));
        -- GB 32100: weights 3^i mod 31 over 31 characters; the last one closes the sum to 31.
        create or replace macro landing.is_uscc(code) as
            regexp_full_match(code, '[0-9A-HJ-NPQRTUWXY]{18}')
            and substr('0123456789ABCDEFGHJKLMNPQRTUWXY', cast((31 - list_sum(list_transform(range(1, 18), i ->
                (instr('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, i, 1)) - 1)
                * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i])) % 31) % 31 + 1 as bigint), 1) = substr(code, 18, 1);
        -- Chinese application numbers since 2003: year, type digit, seven digits, a check digit modulo 11. The digits come by division of one
        -- number, bound once by the lambda; a list of twelve digits costs many times as much.
        create or replace macro landing.is_application_no(no) as
            regexp_full_match(no, '(19|20)[0-9]{2}[12389][0-9]{7}\.[0-9X]')
            and substr('0123456789X', list_transform([try_cast(left(no, 12) as bigint)], n ->
                n // 100000000000 * 2 + n // 10000000000 % 10 * 3 + n // 1000000000 % 10 * 4 + n // 100000000 % 10 * 5 + n // 10000000 % 10 * 6 + n // 1000000 % 10 * 7
                + n // 100000 % 10 * 8 + n // 10000 % 10 * 9 + n // 1000 % 10 * 2 + n // 100 % 10 * 3 + n // 10 % 10 * 4 + n % 10 * 5)[1] % 11 + 1, 1) = right(no, 1);
        """;

    /// <summary>The reviewers' last word on each finding. It is bound to the bytes of the file, so a corrected return is judged afresh.</summary>
    public const string Reviews = """
        create or replace temp table decided as
        select f.file_no, r.finding_sheet as sheet_name, r.finding_row as source_row, r.finding_code as code, coalesce(r.finding_heading, '') as heading,
            r.decision, r.reason, r.reviewer, r.reviewed_on
        from landing.review as r
        join landing.file as own on own.file_no = r.file_no
        join landing.sheet as s on s.file_no = r.file_no and s.sheet_no = r.sheet_no
        join landing.file as f on f.sha256 = lower(r.file_hash)
        anti join (select file_no, sheet_no from landing.finding where severity = 'error' and scope = 'sheet' and sheet_no is not null) as x on x.file_no = r.file_no and x.sheet_no = r.sheet_no
        qualify row_number() over (partition by f.file_no, r.finding_sheet, r.finding_row, r.finding_code, r.finding_heading
            order by r.reviewed_on desc, s.revision desc, own.sha256 desc, r.source_row desc) = 1
        """;

    /// <summary>Who is in the register, under which names, in which industry, and who belongs to which group when.</summary>
    public const string Register = """
        create or replace temp table register_row as
            select r.* from landing.enterprise_register as r
            join landing.sheet as s using (file_no, sheet_no) join landing.file as f using (file_no)
            anti join landing.refused_row as x on x.file_no = r.file_no and x.sheet_no = r.sheet_no and x.source_row = r.source_row
            qualify row_number() over (partition by enterprise_code, enterprise_name, valid_from
                order by s.revision desc, s.filled_on desc nulls last, f.sha256 desc, r.sheet_no desc, r.source_row desc) = 1;
        -- Each with its names, its last one, all that ever stood above it, and the stretches in which it was a capital operator.
        create or replace temp table known_enterprise as
            with recursive above as (
                select distinct enterprise_code, parent_code as code, 1 as depth from register_row where parent_code is not null
                union
                select a.enterprise_code, r.parent_code, a.depth + 1 from above as a join register_row as r on r.enterprise_code = a.code where r.parent_code is not null and a.depth < 10
            ),
            -- As in the models, the first stretch holds before it began as well, and each one until the next.
            stretch as (
                select enterprise_code, enterprise_level,
                    case when lag(valid_from) over w is null then date '0001-01-01' else valid_from end as begins_on,
                    coalesce(lead(valid_from) over w - 1, date '9999-12-31') as ends_on
                from register_row window w as (partition by enterprise_code order by valid_from)
            )
            select enterprise_code, list_sort(list_distinct(flatten([list(replace(enterprise_name, ' ', '')),
                flatten(list(list_transform(string_split(replace(coalesce(aliases, ''), '；', ';'), ';'), a -> replace(trim(a), ' ', ''))))]))) as names,
                max_by(enterprise_name, (valid_from, enterprise_name)) as name, coalesce(any_value(over.codes), []) as above,
                coalesce(any_value(operator.stretches), []) as operator
            from register_row
            left join (
                select enterprise_code, list_sort(list(distinct struct_pack(begins_on, ends_on))) as stretches from stretch where enterprise_level = 'O' group by all
            ) as operator using (enterprise_code)
            left join (select enterprise_code, list_sort(list(distinct code)) as codes from above group by all) as over using (enterprise_code)
            group by enterprise_code;
        create or replace temp table known_name as
            select name, min(enterprise_code) as enterprise_code from (select enterprise_code, unnest(names) as name from known_enterprise) where name <> '' group by all;
        create or replace temp table industry_of as
            select enterprise_code, arg_max(industry, valid_from) as industry from register_row group by all;
        create or replace temp table group_member as
        with recursive merged as (
            select replace(trim(code), ' ', '') as enterprise_code, min(valid_from) - 1 as ends_on
            from (select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, valid_from from register_row where change_kind = 'MERGE')
            group by 1
        ),
        stretch as (
            select r.enterprise_code, r.parent_code, r.valid_from, least(
                coalesce(r.valid_to, lead(r.valid_from) over (partition by r.enterprise_code order by r.valid_from) - 1, date '9999-12-31'),
                coalesce(m.ends_on, date '9999-12-31')) as ends_on
            from register_row as r left join merged as m on m.enterprise_code = r.enterprise_code and m.ends_on >= r.valid_from
        ),
        asked as (select distinct enterprise_code as group_code, period_year, period_month, last_day(make_date(period_year, coalesce(period_month, 12), 1)) as period_end from landing.group_total),
        member as (
            select group_code, period_year, period_month, period_end, group_code as enterprise_code, 0 as depth from asked
            union all
            select m.group_code, m.period_year, m.period_month, m.period_end, s.enterprise_code, m.depth + 1
            from member as m join stretch as s on s.parent_code = m.enterprise_code and m.period_end between s.valid_from and s.ends_on
            where m.depth < 10 and s.enterprise_code <> m.enterprise_code
        )
        select distinct group_code, period_year, period_month, enterprise_code from member
        """;
}
