-- Takes out of published.figure what is suppressed. Runs as soon as that table is made, before anything is made from it.
insert into seed.suppressed_figure
select h.figure_id, 'derived', null, null
from published.figure as h
where h.metric in ('rd_hhi', 'rd_hhi_ytd')
    and exists (
        -- With the sum known, the sum of squares gives two hidden groups away.
        select 1 from seed.suppressed_figure as s join published.figure as g using (figure_id)
        where g.metric = replace(h.metric, 'rd_hhi', 'rd_expense') and g.breakdown = 'group' and g.period = h.period
    )
    and not exists (select 1 from seed.suppressed_figure as s where s.figure_id = h.figure_id);

update published.figure
set value = null, numerator = null, denominator = null, contributors = null, status = 'suppressed', stage = null, imputed_percent = null, flags = concat_ws(';', 'confidential', nullif(flags, ''))
where figure_id in (select figure_id from seed.suppressed_figure) and value is not null;

-- What is not there cannot be suppressed.
delete from seed.suppressed_figure where figure_id not in (select figure_id from published.figure where status = 'suppressed');
