-- grain: one row per return of form rd_spend and cost item
-- key: return_id, cost_item
-- by: return
create table core.rd_cost (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    cost_item varchar,               -- cost item 1 to 8 of form 107-2; the items of a return sum to its R&D expense
    field varchar,                   -- field of the form that the amount stands in
    amount_wan decimal(18, 6)        -- amount in 10,000 yuan
);
insert into core.rd_cost
select r.return_id, r.enterprise_key, r.period_key, l.source_row, item.code, item.field, item.amount_wan
from landing.corrected_rd_spend as l
join core.dim_return as r on r.form = 'rd_spend' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
cross join lateral (
    values
        ('1', 'cost_personnel_wan', l.cost_personnel_wan),
        ('2', 'cost_direct_input_wan', l.cost_direct_input_wan),
        ('3', 'cost_depreciation_wan', l.cost_depreciation_wan),
        ('4', 'cost_amortisation_wan', l.cost_amortisation_wan),
        ('5', 'cost_design_wan', l.cost_design_wan),
        ('6', 'cost_commissioning_wan', l.cost_commissioning_wan),
        ('7', 'cost_outsourced_wan', l.cost_outsourced_wan),
        ('8', 'cost_other_wan', l.cost_other_wan)
) as item (code, field, amount_wan)
where item.amount_wan is not null;
