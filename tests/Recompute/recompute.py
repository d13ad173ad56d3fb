"""Recomputes published figures from the rows that were received, in pandas and exact decimals, and compares to the last digit.

usage: recompute.py FOLDER   (CSV files of landing, and of the published metrics and figures)
Nothing of the models' SQL is used: which return counts, what was corrected, who belongs where and every sum are worked out here again.
"""
import calendar
import hashlib
from datetime import date, timedelta
import sys
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_UP, getcontext

import pandas as pd

getcontext().prec = 60
folder = sys.argv[1]
MICRO = Decimal("0.000001")


def read(name):
    frame = pd.read_csv(f"{folder}/{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
    return frame.where(frame != "", None).to_dict("records")


def number(text):
    return None if text is None else Decimal(text)


def rounded(value):
    return value.quantize(MICRO, ROUND_HALF_UP)


# --- which return counts -------------------------------------------------------------------------------------------------
sheets = {(r["file_no"], r["sheet_no"]): r for r in read("sheet")}
hashes = {r["file_no"]: r["sha256"] for r in read("file")}
refused = {(r["file_no"], r["sheet_no"], r["source_row"]) for r in read("refused_row")}


def rank(file_no, sheet_no):
    sheet = sheets[file_no, sheet_no]
    return int(sheet["revision"] or 0), sheet["filled_on"] or "1900-01-01", hashes[file_no], int(sheet_no)


accepted = defaultdict(int)
mentioned = set()
for r in read("any_row"):
    key = r["form"], r["file_no"], r["sheet_no"], r["enterprise_code"], r["period_year"], r["period_month"]
    accepted[key] += (r["file_no"], r["sheet_no"], r["source_row"]) not in refused
    mentioned.add((r["form"], r["file_no"], r["enterprise_code"], r["period_year"], r["period_month"]))
for r in read("rejected"):
    mentioned.add((r["form"], r["file_no"], r["enterprise_code"], r["period_year"], r["period_month"]))
files_of = defaultdict(set)  # the files of one reporter for one form and period
for (form, file_no, sheet_no, code, year, month), rows in accepted.items():
    reporter = sheets[file_no, sheet_no]["reporter_code"]
    if rows and reporter:
        files_of[form, reporter, year, month].add((rank(file_no, sheet_no), file_no))
in_force = {}
for (form, file_no, sheet_no, code, year, month), rows in accepted.items():
    if not rows:
        continue
    mine, reporter = rank(file_no, sheet_no), sheets[file_no, sheet_no]["reporter_code"]
    if any(other > mine and (form, f, code, year, month) not in mentioned for other, f in files_of.get((form, reporter, year, month), ())):
        continue
    held = in_force.get((form, code, year, month))
    if held is None or mine > held[0]:
        in_force[form, code, year, month] = mine, file_no, sheet_no

# --- who belongs where ---------------------------------------------------------------------------------------------------
FOREVER = "9999-12-31"
ATTRIBUTES = ["enterprise_name", "parent_code", "enterprise_level", "industry", "city", "change_kind", "predecessor_codes"]


def day_before(day):
    return str(date.fromisoformat(day) - timedelta(1))


def codes(text):
    return [c for c in (text or "").replace("；", ";").replace(" ", "").split(";") if c]


stated = defaultdict(dict)  # of each enterprise and first day the last word of the register
for r in read("enterprise_register"):
    if (r["file_no"], r["sheet_no"], r["source_row"]) not in refused:
        r["rank"] = rank(r["file_no"], r["sheet_no"]) + (int(r["source_row"]),)
        held = stated[r["enterprise_code"]].get(r["valid_from"])
        if held is None or r["rank"] > held["rank"]:
            stated[r["enterprise_code"]][r["valid_from"]] = r
history = {}
for code, rows in stated.items():
    # The same change under another day in a later file has corrected the day, unless something lies between.
    redated = {old["valid_from"] for old in rows.values() for new in rows.values()
               if new["rank"] > old["rank"] and new["file_no"] != old["file_no"] and new["valid_from"] != old["valid_from"]
               and [new[a] for a in ATTRIBUTES] == [old[a] for a in ATTRIBUTES]
               and not any(min(old["valid_from"], new["valid_from"]) < d < max(old["valid_from"], new["valid_from"]) for d in rows)}
    history[code] = sorted((r for d, r in rows.items() if d not in redated), key=lambda r: r["valid_from"])
told = [r for stretches in history.values() for r in stretches]
takeovers, splits = {}, []
for r in sorted(told, key=lambda r: (r["valid_from"], r["enterprise_code"])):
    for other in codes(r["predecessor_codes"]):
        if r["change_kind"] == "MERGE" and other != r["enterprise_code"]:
            takeovers.setdefault(other, (r["valid_from"], r["enterprise_code"]))
        if r["change_kind"] == "SPLIT" and other != r["enterprise_code"]:
            if r["split_share_percent"] is not None:
                sys.exit("a split with a share, which is not recomputed here")
            splits.append((r["valid_from"], other, r["enterprise_code"]))
for code, stretches in history.items():
    for s, later in zip(stretches, stretches[1:] + [None]):
        s["ends_on"] = min(s["valid_to"] or (day_before(later["valid_from"]) if later else FOREVER),
                           day_before(takeovers[code][0]) if code in takeovers and day_before(takeovers[code][0]) >= s["valid_from"] else FOREVER)


def end_of(year, month=None):
    month = int(month) if month else 12
    return f"{year}-{month:02d}-{calendar.monthrange(int(year), month)[1]:02d}"


def stretch(code, day):
    return ([s for s in history[code] if s["valid_from"] <= day] or history[code][:1])[-1]


def head(code, day):
    for _ in range(12):
        s = stretch(code, day) if code in history else None
        if s is None or s["enterprise_level"] == "G" or s["parent_code"] is None:
            break
        code = s["parent_code"]
    return code


def place(code, year, month):
    s = stretch(code, end_of(year, month))
    industry = s["industry"]
    return {"group": head(code, max(s["valid_from"], min(end_of(year, month), s["ends_on"]))), "industry": industry, "city": s["city"], "enterprise": code,
            "sector": None if not industry else "IND" if industry[0] in "BCD" else "REST"}


# --- what was corrected: while the cell still reads what the correction says it reads --------------------------------------
corrections = {}
for r in read("corrections"):
    if (r["file_no"], r["sheet_no"], r["source_row"]) not in refused:
        cell = r["corrected_form"], r["enterprise_code"], r["period_year"], r["period_month"], r["corrected_field"]
        order = r["approved_on"], rank(r["file_no"], r["sheet_no"]), int(r["source_row"])
        if cell not in corrections or order > corrections[cell][0]:
            corrections[cell] = order, Decimal(r["old_value"]), r["new_value"]


def rows_of(table, form):
    for r in read(table):
        held = in_force.get((form, r["enterprise_code"], r["period_year"], r["period_month"]))
        if held and held[1:] == (r["file_no"], r["sheet_no"]) and (r["file_no"], r["sheet_no"], r["source_row"]) not in refused:
            for (f, code, year, month, field), (_, old, new) in corrections.items():
                if (f, code, year, month) == (form, r["enterprise_code"], r["period_year"], r["period_month"]) and number(r.get(field)) == old:
                    r[field] = new
            yield r


def period(r):
    return r["period_year"] if r["period_month"] is None else f"{r['period_year']}-{int(r['period_month']):02d}"


figures = {}


def put(metric, breakdown, category, when, value):
    name = metric + "_ytd" if "-" in when and not metric.endswith("_month") else metric
    figures[f"{name}:{breakdown}:{category}:{when}"] = value


def percent(part, whole):
    return rounded(part * 100 / whole) if whole > 0 else None


# --- amounts and ratios --------------------------------------------------------------------------------------------------
units = defaultdict(dict)
structure = defaultdict(lambda: defaultdict(Decimal))
COST = ["personnel", "direct_input", "depreciation", "amortisation", "design", "commissioning", "outsourced", "other"]
PARTS = [("rd_expense", "rd_cost_share", "cost_item", {str(n + 1): f"cost_{c}_wan" for n, c in enumerate(COST)}),
         ("rd_intramural", "rd_activity_share", "activity", {"BRSRCH": "activity_basic_wan", "ARSRCH": "activity_applied_wan", "EDEV": "activity_experimental_wan"}),
         ("rd_intramural", "rd_fund_share", "fund_source", {"GOV_C": "fund_gov_central_wan", "GOV_L": "fund_gov_local_wan", "BES": "fund_enterprise_wan",
                                                            "ABR": "fund_abroad_wan", "NPO": "fund_nonprofit_wan", "OTH_R": "fund_other_wan"})]
spend = list(rows_of("rd_spend", "rd_spend"))
for r in spend:
    units[period(r), r["enterprise_code"]].update(
        place=place(r["enterprise_code"], r["period_year"], r["period_month"]), rd_expense=number(r["expense_total_wan"]), rd_expense_prior=number(r["expense_total_prior_wan"]),
        rd_intramural=number(r["intramural_total_wan"]), rd_intramural_prior=number(r["intramural_total_prior_wan"]), rd_fte=number(r["rd_personnel_fte"]))
    for metric, share, breakdown, fields in PARTS:
        for category, field in fields.items():
            if r[field] is not None:
                structure[metric, share, breakdown, period(r)][category] += Decimal(r[field])
for r in rows_of("finance", "finance"):
    units[period(r), r["enterprise_code"]].update(
        place=place(r["enterprise_code"], r["period_year"], r["period_month"]), revenue=number(r["revenue_wan"]), revenue_prior=number(r["revenue_prior_wan"]))

sums, pairs = defaultdict(Decimal), defaultdict(lambda: [Decimal(0), Decimal(0)])
AMOUNTS = {"rd_expense": "rd_expense", "rd_intramural": "rd_intramural", "revenue": "revenue", "rd_fte": "rd_fte", "rd_expense_prior_restated": "rd_expense_prior"}
RATIOS = {"rd_intensity": ("rd_expense", "revenue"), "rd_expense_yoy": ("rd_expense", "rd_expense_prior"), "rd_intramural_yoy": ("rd_intramural", "rd_intramural_prior"),
          "revenue_yoy": ("revenue", "revenue_prior"), "rd_expense_per_fte": ("rd_expense", "rd_fte")}
for (when, code), u in units.items():
    places = [("total", "all")] + [(b, c) for b, c in u["place"].items() if c]
    for breakdown, category in places:
        for metric, field in AMOUNTS.items():
            if u.get(field) is not None:
                sums[metric, breakdown, category, when] += u[field]
        for metric, (part, whole) in RATIOS.items():
            if u.get(part) is not None and u.get(whole) is not None:
                both = pairs[metric, breakdown, category, when]
                both[0] += u[part]
                both[1] += u[whole]
for key, value in sums.items():
    put(*key, value)
for (metric, breakdown, category, when), (part, whole) in pairs.items():
    if whole > 0:
        put(metric, breakdown, category, when, rounded(part / whole) if metric == "rd_expense_per_fte" else percent(part, whole) if metric == "rd_intensity" else percent(part - whole, whole))
for (metric, share, breakdown, when), parts in structure.items():
    whole = sum(parts.values())
    for category, amount in parts.items():
        put(metric, breakdown, category, when, amount)
        put(share, breakdown, category, when, percent(amount, whole))
for when in {k[3] for k in sums if k[0] == "rd_expense"}:
    groups = sorted((v for k, v in sums.items() if k[0] == "rd_expense" and k[1] == "group" and k[3] == when), reverse=True)
    put("rd_cr4", "total", "all", when, percent(sum(groups[:4]), sum(groups)))
    put("rd_hhi", "total", "all", when, rounded(sum((g * 100 / sum(groups)) ** 2 for g in groups)))
# What a month added: enterprises that reported it and the month before.
for metric in ("rd_expense", "revenue"):
    added = defaultdict(Decimal)
    for (when, code), u in units.items():
        if "-" in when and u.get(metric) is not None:
            year, month = when.split("-")
            before = Decimal(0) if month == "01" else units.get((f"{year}-{int(month) - 1:02d}", code), {}).get(metric)
            if before is not None:
                added[when] += u[metric] - before
    for when, value in added.items():
        put(metric + "_month", "total", "all", when, value)

# --- growth without those who are missing in one of the two years ---------------------------------------------------------
years = sorted({w for w, _ in units if "-" not in w})
standing = {y: {c for c, s in history.items() for x in s if x["enterprise_level"] in ("G", "S") and x["valid_from"] <= end_of(y) <= x["ends_on"]} for y in years}
reports = {(f, y): {c for form, c, year, month in in_force if form == f and year == y and month is None} for f in ("rd_spend", "finance") for y in years}
silent = {(m, y): standing[y] - reports[f, y] for m, f in (("rd_expense", "rd_spend"), ("revenue", "finance")) for y in years}
missing = {y: silent["rd_expense", y] | silent["revenue", y] for y in years}

def carrier(code, year):
    """Who has taken over at the end of a year, directly or through others."""
    while code in takeovers and takeovers[code][0] <= end_of(year):
        code = takeovers[code][1]
    return code


for before, now in zip(years, years[1:]):
    for breakdown in ("total", "group", "sector"):
        sides = []
        for year, other in ((now, before), (before, now)):
            side = defaultdict(lambda: [Decimal(0), Decimal(0)])
            for (when, code), u in units.items():
                if when == year and (carrier(code, other) if other > year else code) not in missing[other] and u.get("rd_expense") is not None and u.get("revenue") is not None:
                    category = "all" if breakdown == "total" else u["place"][breakdown]
                    side[category][0] += u["rd_expense"]
                    side[category][1] += u["revenue"]
            sides.append({c: percent(*s) for c, s in side.items()})
        for category in sides[0].keys() & sides[1].keys():
            n, b = sides[0][category], sides[1][category]
            if n is not None and b is not None:
                put("rd_intensity_change_pp", breakdown, category, now, n - b)
                put("rd_intensity_growth", breakdown, category, now, percent(n - b, b))

# What the forms give no comparative for.
def matched(metric, breakdown, amounts):
    for before, now in zip(years, years[1:]):
        this, last = defaultdict(Decimal), defaultdict(Decimal)
        for category, when, code, amount in amounts:
            if when == now and code not in silent["rd_expense", before]:
                this[category] += amount
            if when == before and carrier(code, now) not in silent["rd_expense", now]:
                last[category] += amount
        for category in this.keys() & last.keys():
            put(metric, breakdown, category, now, percent(this[category] - last[category], last[category]))


staff = [(u["place"]["group"], when, code, u["rd_fte"]) for (when, code), u in units.items() if u.get("rd_fte") is not None]
matched("rd_fte_yoy", "group", staff)
matched("rd_fte_yoy", "total", [("all", *rest) for _, *rest in staff])
for (_, _, breakdown, fields), metric in zip(PARTS, ("rd_cost_yoy", "rd_activity_yoy", "rd_fund_yoy")):
    matched(metric, breakdown, [(category, period(r), r["enterprise_code"], Decimal(r[field]))
                                for r in spend for category, field in fields.items() if r[field] is not None])

# --- average growth, and the perimeter of the last year: mergers followed, both sides of a split as one --------------------
year_amounts = {(m, w, c): u[m] for (w, c), u in units.items() for m in ("rd_expense", "revenue") if "-" not in w and u.get(m) is not None}


def unit(code, base, last):
    for _ in range(10):
        parents = [p for day, p, child in splits if child == code and end_of(base) < day <= end_of(last)]
        if not parents:
            break
        code = min(parents)
    return code


def absent(metric, base, last):
    return {unit(c, base, last) for c in silent[metric, last]} | {unit(carrier(c, last), base, last) for c in silent[metric, base]}


def growth(metric, base, last, now, before):
    if before > 0:
        put(metric, "base_year", base, last, rounded(((now / before) ** (Decimal(1) / (int(last) - int(base))) - 1) * 100))


for base in ("2020", "2022", "2023"):
    for last in (y for y in years if y > base):
        out = {m: absent(m, base, last) for m in ("rd_expense", "revenue")}
        sides = defaultdict(lambda: defaultdict(Decimal))
        for (metric, when, code), amount in year_amounts.items():
            if when in (base, last):
                of = unit(carrier(code, last), base, last)
                if of not in out[metric]:
                    sides[metric, when][of] += amount
                if of not in out["rd_expense"] | out["revenue"] and ("revenue" if metric == "rd_expense" else "rd_expense", when, code) in year_amounts:
                    sides["both " + metric, when][of] += amount

        def summed(metric, when):
            return sum(v for k, v in sides[metric, when].items() if k in sides[metric, base] and k in sides[metric, last])

        for metric in ("rd_expense", "revenue"):
            growth(metric + "_cagr", base, last, summed(metric, last), summed(metric, base))
        growth("rd_intensity_cagr", base, last, *(percent(summed("both rd_expense", w), summed("both revenue", w)) for w in (last, base)))
last = years[-1]
perimeter = {c for c in history for s in history[c] if s["valid_from"] <= end_of(last) <= s["ends_on"]}
gone = {m: {c for c in history for b in years[:-1] if unit(c, b, last) in absent(m, b, last)} for m in ("rd_expense", "revenue")}
sums = defaultdict(Decimal)
for (metric, when, code), amount in year_amounts.items():
    now = carrier(code, last)
    if now in perimeter and now not in gone[metric]:
        other = "revenue" if metric == "rd_expense" else "rd_expense"
        for key in (("total", "all", when), ("group", place(now, last, None)["group"], when)):
            sums[(metric,) + key] += amount
            if (other, when, code) in year_amounts and now not in gone[other]:
                sums[("both " + metric,) + key] += amount
for (metric, *key), amount in sums.items():
    if metric == "both rd_expense":
        put("rd_intensity_comparable", *key, percent(amount, sums[("both revenue", *key)]))
    elif not metric.startswith("both"):
        put(metric + "_comparable", *key, amount)

# --- counts: each thing once ---------------------------------------------------------------------------------------------
def count(metric, rows, key, *cuts):
    seen = defaultdict(set)
    for r in rows:
        seen["total", "all", period(r)].add(key(r))
        for breakdown, of in cuts:
            if of(r):
                seen[breakdown, of(r), period(r)].add(key(r))
    for (breakdown, category, when), things in seen.items():
        put(metric, breakdown, category, when, Decimal(len(things)))


def annual(table, form):
    return [r for r in rows_of(table, form) if r["period_month"] is None]


def returned(form):
    """The years of which there is a return on the form."""
    return sorted({year for f, _, year, month in in_force if f == form and month is None})


def group(r):
    return place(r["enterprise_code"], r["period_year"], r["period_month"])["group"]


awards = [r for r in annual("awards", "awards") if r["award_level"] in ("NAT", "PROV")]
led = {r["certificate_no"] for r in awards if r["unit_rank"] == "1"}
count("awards", awards, lambda r: r["certificate_no"], ("award_role", lambda r: "LEAD" if r["certificate_no"] in led else "PART"), ("award_level", lambda r: r["award_level"]), ("award_grade", lambda r: r["award_grade"]))
for breakdown, category, of in (("total", "all", "NAT PROV"), ("award_level", "NAT", "NAT"), ("award_level", "PROV", "PROV")):
    running = 0
    for year in returned("awards"):
        if year >= "2021":
            running += len({r["certificate_no"] for r in awards if r["period_year"] == year and r["award_level"] in of.split()})
            put("awards_cumulative", breakdown, category, year, Decimal(running))
projects = annual("projects", "projects")
count("projects", projects, lambda r: r["project_no"], ("project_level", lambda r: r["project_level"]), ("project_mechanism", lambda r: r["project_mechanism"] or "U"), ("group", group))
for breakdown, of in (("total", lambda r: "all"), ("project_level", lambda r: r["project_level"]), ("project_mechanism", lambda r: r["project_mechanism"] or "U"), ("group", group)):
    spent, worked = defaultdict(Decimal), defaultdict(Decimal)
    for r in projects:
        if of(r) and r["expense_wan"] is not None:
            spent[of(r), period(r)] += Decimal(r["expense_wan"])
        if of(r) and r["person_months"] is not None:
            worked[of(r), period(r)] += Decimal(r["person_months"])
    for (category, when), value in spent.items():
        put("project_expense", breakdown, category, when, value)
    for (category, when), value in worked.items():
        put("project_fte", breakdown, category, when, rounded(value / 12))
begun, level_of = {}, {}
for r in projects:
    if r["project_level"] in ("NAT", "PROV") and r["start_date"]:
        no = r["project_no"]
        begun[no] = min(begun.get(no, "9999"), r["start_date"][:4])
        level_of[no] = min(level_of.get(no, "Z"), r["project_level"])
for year in (y for y in returned("projects") if y >= "2021"):
    since = [no for no, began in begun.items() if "2021" <= began <= year]
    put("projects_cumulative", "total", "all", year, Decimal(len(since)))
    put("projects_national_cumulative", "total", "all", year, Decimal(sum(level_of[no] == "NAT" for no in since)))
    for level in ("NAT", "PROV"):
        put("projects_cumulative", "project_level", level, year, Decimal(sum(level_of[no] == level for no in since)))
achieved = annual("achievements", "achievements")
amounts = defaultdict(Decimal)
for r in achieved:
    kind = r["achievement_measure"], r["measure_unit"]
    if kind in (("SALES", "wan"), ("OUTPUT", "wan"), ("BENEFIT", "wan"), ("AREA", "mu")) and r["measured_value"] is not None:
        amounts["achievement_" + kind[0].lower(), r["period_year"]] += Decimal(r["measured_value"])
for (metric, year), amount in amounts.items():
    put(metric, "total", "all", year, amount)
verified = defaultdict(lambda: [Decimal(0), Decimal(0)])
for r in achieved:
    if r["achievement_measure"] in ("SALES", "OUTPUT", "BENEFIT") and r["measure_unit"] == "wan" and r["measured_value"] is not None:
        both = verified[r["achievement_measure"], r["period_year"]]
        both[1] += Decimal(r["measured_value"])
        if r["value_verification"] in ("USER", "AUDIT"):
            both[0] += Decimal(r["measured_value"])
for (measure, year), (part, whole) in verified.items():
    put("achievement_verified_share", "achievement_measure", measure, year, percent(part, whole))
labs = defaultdict(list)
for r in annual("lab_readiness", "lab_readiness"):
    labs[r["period_year"], r["lab_no"], r["upgrade_criterion"]].append(("MISSING", "PART", "MET").index(r["criterion_state"]))
for year in {key[0] for key in labs}:
    ours = {key: min(states) == 2 for key, states in labs.items() if key[0] == year}
    put("labs_reported", "total", "all", year, Decimal(len({lab for _, lab, _ in ours})))
    put("lab_criteria_met", "total", "all", year, Decimal(sum(ours.values())))
    put("lab_criteria_met_share", "total", "all", year, percent(Decimal(sum(ours.values())), Decimal(len(ours))))
    for criterion in {c for _, _, c in ours}:
        put("lab_criteria_met", "upgrade_criterion", criterion, year, Decimal(sum(met for (_, _, c), met in ours.items() if c == criterion)))
count("achievements", achieved, lambda r: r["achievement_no"], ("achievement_measure", lambda r: r["achievement_measure"]), ("group", group))
count("digital_scenes", annual("digital_scenes", "digital_scenes"), lambda r: r["scene_no"], ("scene_status", lambda r: r["scene_status"]))
sources = annual("origin_sources", "origin_sources")
count("origin_sources", sources, lambda r: r["source_no"])
count("origin_projects", sources, lambda r: r["origin_project_no"], ("origin_stage", lambda r: r["origin_stage"]))
for year in returned("origin_sources"):
    put("origin_breakthroughs", "total", "all", year, Decimal(len({r["origin_project_no"] for r in sources if r["period_year"] == year and r["origin_stage"] == "BREAK"})))
alive = [r for r in annual("consortia", "consortia") if r["founded_on"] <= end_of(r["period_year"]) <= (r["ended_on"] or FOREVER)]
count("consortia", alive, lambda r: r["consortium_no"], ("consortium_role", lambda r: r["consortium_role"]))
uptake = [r for r in annual("policy_uptake", "policy_uptake") if r["uptake_status"] == "FORCE"]
count("policy_enterprises", uptake, lambda r: r["enterprise_code"], ("policy", lambda r: r["policy"]))
field_of = {r["code"]: r["parent"] for r in read("policies")}
count("policies_in_use", uptake, lambda r: r["policy"], ("policy_field", lambda r: field_of[r["policy"]]))
for metric, column in (("policy_amount", "policy_amount_wan"), ("policy_beneficiaries", "policy_persons")):
    total = defaultdict(Decimal)
    for r in uptake:
        if r[column] is not None:
            total[r["policy"], r["period_year"]] += Decimal(r[column])
    for (policy, year), amount in total.items():
        put(metric, "policy", policy, year, amount)
reserves = defaultdict(Decimal)
for r in uptake:
    if r["policy"] == "RESERVE" and r["policy_amount_wan"] is not None:
        reserves[r["period_year"]] += Decimal(r["policy_amount_wan"])
for year, amount in reserves.items():
    put("policy_reserve", "total", "all", year, amount)
count("tasks", annual("tasks", "tasks"), lambda r: r["task_no"], ("task_kind", lambda r: r["task_kind"]))
titles = [r for r in annual("enterprise_titles", "enterprise_titles")
          if r["valid_from"] <= f"{r['period_year']}-12-31" and (r["valid_to"] is None or r["valid_to"] >= f"{r['period_year']}-12-31")]
count("innovative_enterprises", titles, lambda r: r["enterprise_code"], ("enterprise_title", lambda r: r["enterprise_title"]), ("group", group))
longest = defaultdict(str)
for r in annual("enterprise_titles", "enterprise_titles"):
    if r["valid_from"] <= f"{r['period_year']}-12-31":
        key = r["period_year"], r["enterprise_code"], r["enterprise_title"]
        longest[key] = max(longest[key], r["valid_to"] or FOREVER)
lapse = defaultdict(int)
for (year, _, title), until in longest.items():
    if until >= f"{year}-01-01":
        for metric, does in (("titles_lapsing", f"{year}-12-31" <= until <= f"{int(year) + 1}-12-31"), ("titles_lapsed", until < f"{year}-12-31")):
            for place_of in (("total", "all"), ("enterprise_title", title)):
                lapse[(metric, *place_of, year)] += does
for key, n in lapse.items():
    put(*key, Decimal(n))
count("chain_leaders", [r for r in titles if r["enterprise_title"] == "CHAIN"], lambda r: r["enterprise_code"])
kinds = defaultdict(Decimal)
for r in annual("talent", "talent"):
    for kind in ("concurrent", "migratory", "weekend"):
        if r[f"flexible_{kind}_persons"] is not None:
            kinds[kind.upper(), period(r)] += Decimal(r[f"flexible_{kind}_persons"])
for (kind, when), value in kinds.items():
    put("flexible_recruits", "flexible_kind", kind, when, value)
for metric, field, scale in (("talent", "talent_persons", "0.0001"), ("talent_managers", "managers_persons", "0.0001"), ("talent_professionals", "professionals_persons", "0.0001"),
                             ("talent_both", "managers_professionals_persons", "0.0001"), ("talent_skilled", "skilled_persons", "0.0001"),
                             ("academicians", "academicians_persons", "1"), ("flexible_recruits", "flexible_persons", "1")):
    people = defaultdict(Decimal)
    for r in annual("talent", "talent"):
        if r[field] is not None:
            for key in (("total", "all", period(r)), ("group", group(r), period(r))):
                people[key] += Decimal(r[field]) * Decimal(scale)
    for (breakdown, category, when), value in people.items():
        put(metric, breakdown, category, when, value)
patents = list(rows_of("patents", "patents"))
first = min(r["period_year"] for r in patents)
for metric, event in (("patents_filed", "FILE"), ("patents_granted", "GRANT")):
    seen = defaultdict(set)
    for r in patents:
        year = r["event_date"][:4]
        if r["event"] == event and year >= first:
            for key in (("total", "all", year), ("patent_type", r["patent_type"], year), ("group", group(r), year)):
                seen[key].add(r["application_no"])
    running = 0
    for (breakdown, category, when), things in sorted(seen.items()):
        put(metric, breakdown, category, when, Decimal(len(things)))
        if breakdown == "total" and when >= "2021":
            running += len(things)
            put(metric + "_cumulative", "total", "all", when, Decimal(running))

def of_figure(metric, breakdown, category, when):
    return figures.get(f"{metric}:{breakdown}:{category}:{when}")


# In force: the last thing that happened to a patent decides; only those whose first owner is in the register.
owner_names = {}
for r in sorted(told, key=lambda r: (r["valid_from"], r["enterprise_code"])):
    for name in [r["enterprise_name"]] + (r["aliases"] or "").replace("；", ";").split(";"):
        owner_names[name.replace(" ", "")] = r["enterprise_code"]
lives = defaultdict(list)
for r in patents:
    owners = [o for o in r["owners"].replace("；", ";").replace(" ", "").split(";") if o]
    lives[r["application_no"]].append((r["event_date"], r["event"], owner_names.get(owners[0]), r["patent_type"]))
for year in returned("patents"):
    held = defaultdict(int)
    for events in lives.values():
        last = None
        for day, event, owner, kind in events:
            if day > end_of(year):
                continue
            if event == "ASSIGN":
                before = max(((d, o or "") for d, _, o, _ in events if d < day), default=(None, None))[1]
                step = 2 if owner is not None and owner != before else 1
            elif owner is not None and event in ("GRANT", "RESTORE", "LAPSE", "EXPIRE", "INVALID"):
                step = 0 if event in ("GRANT", "RESTORE") else 1
            else:
                continue
            last = max(last or (day, step, kind), (day, step, kind))
        if last and last[1] != 1:
            held["total", "all"] += 1
            held["patent_type", last[2]] += 1
    for key, n in held.items():
        put("patents_in_force", *key, year, Decimal(n))
for metric, share in (("patents_filed", "filed"), ("patents_granted", "granted"), ("patents_in_force", "in_force")):
    for year in sorted({f.split(":")[3] for f in figures if f.startswith(metric + ":total:")}):
        whole = of_figure(metric, "total", "all", year)
        put("invention_share_" + share, "total", "all", year, percent(of_figure(metric, "patent_type", "I", year) or Decimal(0), whole))
        for lag in range(3) if metric == "patents_granted" else ():
            spent = of_figure("rd_expense", "total", "all", str(int(year) - lag))
            if spent:
                put("patents_per_100m_rd", "lag", str(lag), year, rounded(whole * 10000 / spent))

# --- platforms: where each stood at the end of a year -----------------------------------------------------------------------
steps = list(rows_of("platforms", "platforms"))
for year in returned("platforms"):
    last = {}
    for r in sorted(steps, key=lambda r: (r["platform_event"], r["enterprise_code"]), reverse=True):
        if r["event_date"] <= end_of(year) and (r["platform_no"] not in last or r["event_date"] >= last[r["platform_no"]]["event_date"]):
            last[r["platform_no"]] = r
    stock = defaultdict(int)
    for r in last.values():
        works, ranked = r["platform_event"] in ("APPROVE", "REORG", "UPGRADE"), r["platform_level"] in ("NAT", "PROV")
        if works and ranked:
            for key in (("total", "all"), ("platform_level", r["platform_level"]), ("platform_kind", r["platform_kind"]), ("group", group(r))):
                stock[("platforms",) + key] += 1
            stock["platforms_national" if r["platform_level"] == "NAT" else "platforms_provincial", "total", "all"] += 1
        if ranked:
            stock["platforms_by_state", "platform_event", r["platform_event"]] += 1
        if works and r["upgrade_readiness"] in ("READY", "APPLIED"):
            stock["platforms_ready", "total", "all"] += 1
    for key, n in stock.items():
        put(*key, year, Decimal(n))

# --- the list and the ledger of tasks: a task stands where its plan, its last report and the date put it ---------------------
lists, ledgers = defaultdict(dict), defaultdict(list)
for r in rows_of("tasks", "tasks"):
    month = int(r["period_month"] or 0)
    lists[int(r["period_year"]), r["enterprise_code"]].setdefault(month, []).append(r)
for r in rows_of("task_ledger", "task_ledger"):
    if r["period_month"] is not None:
        ledgers[int(r["period_year"])].append(r)
standing_of = {}
for year, lines in ledgers.items():
    for month in sorted({int(r["period_month"]) for r in lines}):
        when, end = f"{year}-{month:02d}", date.fromisoformat(end_of(year, month))
        tasks = defaultdict(lambda: {"list": [], "ledger": {}, "carriers": {}})
        for (of_year, enterprise), issues in lists.items():
            if of_year == year:
                issue = max((m for m in issues if m <= month), default=min(issues))
                for r in issues[issue]:
                    tasks[r["task_no"]]["list"].append(r)
                    tasks[r["task_no"]]["carriers"][enterprise] = place(enterprise, year, issue or None)["group"]
        for r in sorted(lines, key=lambda r: int(r["period_month"])):
            if int(r["period_month"]) <= month and (r["enterprise_code"] in tasks[r["task_no"]]["carriers"] or int(r["period_month"]) == month):
                tasks[r["task_no"]]["ledger"][r["enterprise_code"]] = r
                tasks[r["task_no"]]["carriers"].setdefault(r["enterprise_code"], place(r["enterprise_code"], year, r["period_month"])["group"])
        counts, late, unreported, done, progress, total = defaultdict(int), defaultdict(int), defaultdict(int), defaultdict(int), Decimal(0), defaultdict(int)
        for no, t in tasks.items():
            if not t["carriers"]:
                continue
            reports = [t["ledger"].get(e) for e in t["carriers"]]
            here = all(r is not None and int(r["period_month"]) == month for r in reports)
            went = min(Decimal(r["progress_percent"]) if r else Decimal(0) for r in reports)
            status = None
            if all(reports):
                open_ones = [r for r in reports if r["task_status"] != "DONE"]
                status = min(open_ones, key=lambda r: (Decimal(r["progress_percent"]), r["task_status"]))["task_status"] if open_ones else "DONE"
            start = min((date.fromisoformat(r["planned_start"]) for r in t["list"]), default=None)
            due = max((date.fromisoformat(r["planned_end"]) for r in t["list"]), default=None)
            behind = None
            if due is not None and due >= start:
                days = (due - start).days + 1
                behind = percent(Decimal(min(max((end - start).days + 1, 0), days)), Decimal(days)) - went
            finished_on = max((date.fromisoformat(r["actual_end"]) for r in reports if r and r["actual_end"]), default=None)
            if status == "STOP":
                verdict = "STOP"
            elif status == "DONE" and went >= 100:
                verdict = "DONE_LATE" if finished_on and due and finished_on > due else "DONE"
            elif due is not None and due < end:
                verdict = "OVERDUE"
            elif not here:
                verdict = "NOREPORT"
            elif (behind is not None and behind >= 20) or status in ("LATE", "DELAY"):
                verdict = "LATE"
            elif (behind is not None and behind >= 10) or status == "WARN" or (status == "WAIT" and start is not None and start < end):
                verdict = "RISK"
            elif due is not None and (due - end).days <= 30:
                verdict = "DUE"
            elif start is not None and start > end:
                verdict = "WAIT"
            else:
                verdict = "RUN"
            counts[verdict] += 1
            progress += went
            of_field = min((r["task_field"] for r in t["list"] if r["task_field"]), default=None)
            for member in [("total", "all"), ("task_field", of_field), *(("group", g) for g in set(t["carriers"].values()))]:
                if member[1] is not None:
                    total[member] += 1
                    late[member] += verdict in ("LATE", "OVERDUE")
                    unreported[member] += verdict == "NOREPORT"
                    done[member] += verdict in ("DONE", "DONE_LATE")
        standing_of[when] = done["total", "all"]
        for member, n in total.items():
            put("task_done_share_month", *member, when, percent(Decimal(done[member]), Decimal(n)))
            put("tasks_late_month", *member, when, Decimal(late[member]))
            put("tasks_unreported_month", *member, when, Decimal(unreported[member]))
        put("task_progress_month", "total", "all", when, rounded(progress / total["total", "all"]))
        before = f"{year}-{month - 1:02d}"
        if month == 1 or before in standing_of:
            put("tasks_completed_month", "total", "all", when, Decimal(done["total", "all"] - (0 if month == 1 else standing_of[before])))
        for verdict in ("DONE", "DONE_LATE", "RUN", "DUE", "WAIT", "RISK", "LATE", "OVERDUE", "NOREPORT", "STOP"):
            put("tasks_by_standing_month", "task_standing", verdict, when, Decimal(counts[verdict]))

# --- the evaluation: from the figures recomputed above and the tables that a statistician edits -------------------------------
CENT = Decimal("0.01")
FOUR = Decimal("0.0001")


def cents(value, unit=CENT):
    return value.quantize(unit, ROUND_HALF_UP)


evaluation = {name: read("evaluation_" + name) for name in ("system", "class", "indicator", "weight", "item")}
weight_of = {(r["class"], r["indicator"]): Decimal(r["weight"]) for r in evaluation["weight"]}
flags = {r["figure_id"]: r for r in read("group_flag")}
decided = {}
for r in rows_of("evaluation_decisions", "evaluation_decisions"):
    key = r["enterprise_code"], r["period_year"], r["indicator"]
    order = r["decided_on"], sheets[r["file_no"], r["sheet_no"]]["filled_on"], int(r["source_row"])
    if key not in decided or order > decided[key][0]:
        decided[key] = order, number(r["decided_value"])


def class_of(code, industry):
    best = {}
    for r in evaluation["class"]:
        for prefix in codes(r["industries"]):
            if prefix == "*" or industry.startswith(prefix):
                best[0 if prefix == "*" else len(prefix)] = r["class"]
        if code in codes(r["groups"]):
            best[1000] = r["class"]
    return best[max(best)]


def percent_of(part, whole):
    return min(Decimal(100), max(Decimal(0), percent(part, whole)))


parts, scores = {}, {}
for s in evaluation["system"]:
    indicators = [r for r in evaluation["indicator"] if r["system"] == s["system"]]
    items = [r for r in evaluation["item"] if r["system"] == s["system"]]
    metrics_used = {r["metric"] for r in indicators + items}
    group_values = {tuple(f.split(":"))[0::2] + (f.split(":")[3],): v for f, v in figures.items() if f.split(":")[1] == "group" and f.split(":")[0] in metrics_used and v is not None and "-" not in f}
    for year in sorted({k[2] for k in group_values}):
        if not int(s["from_year"]) <= int(year) <= int(s["to_year"] or 9999):
            continue
        listed = {k[0] for k in group_values if k[2] == year}
        here = {}
        for code, stretches in history.items():
            for x in stretches:
                if x["enterprise_level"] != "G" or not x["valid_from"] <= end_of(year) <= x["ends_on"]:
                    continue
                kind = class_of(code, x["industry"])
                mine, blocked, not_final = {}, False, False
                for r in indicators + items:
                    part = r.get("indicator") or r["item"]
                    is_item = "item" in r
                    published_value = group_values.get((r["metric"], code, year))
                    flag = flags.get(f"{r['metric']}:group:{code}:{year}", {})
                    low, open_ = flag.get("may_tell_growth") == "false", flag.get("status") == "provisional"
                    weight = Decimal(0) if is_item else weight_of.get((kind, part), Decimal(0))
                    ruling = decided.get((code, year, part), (None, None))[1]
                    value = ruling if ruling is not None else published_value
                    rule = "USED"
                    if value is None and r["missing_rule"] == "ZERO" and r["metric"] in listed:
                        value, rule = Decimal(0), "ZERO"
                    elif value is None:
                        rule = "REWEIGHTED" if r["missing_rule"] == "REWEIGHT" else "NOT_JUDGED" if is_item else "MISSING"
                    elif ruling is not None:
                        rule = "DECIDED"
                    elif low and s["low_response_rule"] == "NO_SCORE":
                        rule = "LOW_RESPONSE"
                    elif open_ and s["incomplete_rule"] == "NO_SCORE":
                        rule = "INCOMPLETE"
                    elif open_ or low:
                        rule = "PROVISIONAL"
                    if not is_item and weight == 0:
                        rule = "UNWEIGHTED"
                    stops = rule in ("MISSING", "LOW_RESPONSE", "INCOMPLETE")
                    blocked |= stops and not is_item
                    not_final |= rule == "PROVISIONAL"
                    mine[part] = [r, value, rule, weight, stops]
                spread_over = sum(m[3] for m in mine.values() if m[2] != "REWEIGHTED")
                base, logs, final = Decimal(0), Decimal(0), {}
                for part, (r, value, rule, weight, _) in mine.items():
                    if "item" not in r:
                        weight = Decimal(0) if rule == "REWEIGHTED" else rounded(weight / spread_over)
                        floor, goal = Decimal(r["floor"]), Decimal(r["goal"])
                        n = None if value is None else cents(percent_of(floor - value, floor - goal) if r["direction"] == "lower" else percent_of(value - floor, goal - floor), FOUR)
                        final[part] = [r, n, weight, cents((n or 0) * weight)]
                        base += final[part][3]
                        if weight > 0:
                            logs += weight * max(n or Decimal(0), Decimal(1)).ln()
                running = base
                for part, (r, value, rule, _, stops) in mine.items():
                    if r.get("kind") == "bonus":
                        reached = value is not None and not stops and value >= Decimal(r["threshold"])
                        won = min(Decimal(r["cap"]), Decimal(r["points"]) * (value // Decimal(r["threshold"]))) if reached else Decimal(0)
                        final[part] = [r, None, None, won]
                        running += won
                vetoed = []
                for part, (r, value, rule, _, stops) in sorted(mine.items()):
                    if r.get("kind") == "veto":
                        threshold = Decimal(r["threshold"])
                        hit = value is not None and not stops and (value < threshold if r["compare"] == "lt" else value > threshold)
                        lost = min(running, Decimal(r["points"] or 0)) if hit else Decimal(0)
                        running -= lost
                        final[part] = [r, None, None, -lost]
                        if hit and r["cap"] is not None:
                            vetoed.append((Decimal(r["cap"]), part))
                if vetoed and running > min(vetoed)[0]:
                    final[min(vetoed)[1]][3] -= running - min(vetoed)[0]
                    running = min(vetoed)[0]
                for part, (_, n, weight, points) in final.items():
                    parts[s["system"], code, year, part] = n, weight, None if blocked else points
                here[code] = None if blocked else running, None if blocked else base, None if blocked else cents(logs.exp()), kind, final
        scored = {c: v for c, v in here.items() if v[0] is not None}
        # The same draws: a number made from seed, draw, class and indicator alone.
        factor = {}
        places = defaultdict(list)
        for draw in range(1, int(s["draws"]) + 1):
            drawn = {}
            for code, (score, base, _, kind, final) in scored.items():
                up = down = Decimal(0)
                for part, (r, n, weight, _) in final.items():
                    if weight:
                        key = f"{s['draw_seed']}:{draw}:{kind}:{part}"
                        if key not in factor:
                            low64 = int.from_bytes(hashlib.md5(key.encode()).digest()[8:], "little")
                            factor[key] = 1000 - 10 * int(s["spread"]) + low64 % (20 * int(s["spread"]) + 1)
                        up += n * weight * factor[key]
                        down += weight * factor[key]
                drawn[code] = cents(up / down) + score - base
            for code in drawn:
                places[code].append(1 + sum(other > drawn[code] for other in drawn.values()))
        for code, (score, base, geometric, kind, _) in here.items():
            rank = in_class = low = high = None
            if score is not None:
                rank = 1 + sum(v[0] > score for v in scored.values())
                in_class = 1 + sum(v[0] > score for v in scored.values() if v[3] == kind)
                cut = len(places[code]) * (100 - int(s["interval"])) // 200
                ordered = sorted(places[code])
                low, high = min(rank, ordered[cut]), max(rank, ordered[-1 - cut])
            scores[s["system"], code, year] = kind, score, base, geometric, rank, in_class, low, high
theirs = {(r["system"], r["group_code"], r["period_year"], r["part"]): (number(r["normalised"]), number(r["weight"]), number(r["contribution"])) for r in read("evaluation_part")}
their_scores = {(r["system"], r["group_code"], r["period_year"]): (r["class"], *(number(r[c]) for c in ("score", "base_score", "geometric_score")), *(None if r[c] is None else int(r[c]) for c in ("rank", "rank_in_class", "rank_low", "rank_high")))
                for r in read("evaluation_score")}
wrong = [(k, parts.get(k), theirs.get(k)) for k in sorted(parts.keys() | theirs.keys()) if parts.get(k) != theirs.get(k)]
wrong += [(k, scores.get(k), their_scores.get(k)) for k in sorted(scores.keys() | their_scores.keys()) if scores.get(k) != their_scores.get(k)]
print(f"{len(parts)} parts and {len(scores)} scores of the evaluation recomputed, {len(wrong)} differ in the evaluation")
for key, mine, other in wrong[:20]:
    print(f"  {':'.join(key)}: recomputed {mine}, published {other}")

# --- the comparison ------------------------------------------------------------------------------------------------------
published = {r["figure_id"]: Decimal(r["value"]) for r in read("figure")}
figures = {f: v for f, v in figures.items() if v is not None}
metrics = {f.split(":")[0] for f in figures}
unknown = sorted({r["metric"] for r in read("metric")} - metrics)
# Nothing may be published that was not found again; a zero may stand for nothing, on either side.
differing = [(f, figures.get(f), published.get(f)) for f in sorted(figures.keys() | published.keys()) if (figures.get(f) or 0) != (published.get(f) or 0)]
print(f"{len(figures)} figures of {len(metrics)} metrics recomputed, {len(published)} published, {len(differing)} differ, {len(unknown)} metrics not recomputed: {', '.join(unknown)}")
for figure, mine, theirs in differing[:20]:
    print(f"  {figure}: recomputed {mine}, published {theirs}")
sys.exit(1 if differing or unknown or wrong else 0)
