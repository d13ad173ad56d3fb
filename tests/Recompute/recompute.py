"""Recomputes published figures from the rows that were received, in pandas and exact decimals, and compares to the last digit.

usage: recompute.py FOLDER   (CSV files of landing, of the register's history and of the published figures)
Nothing of the models' SQL is used: which return counts, who belongs where and every sum are worked out here again.
"""
import calendar
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
history = defaultdict(list)
for r in read("history"):
    history[r["enterprise_code"]].append(r)
for stretches in history.values():
    stretches.sort(key=lambda r: r["valid_from"])


def place(code, year, month):
    month = int(month) if month else 12
    end = f"{year}-{month:02d}-{calendar.monthrange(int(year), month)[1]:02d}"
    stretches = history[code]
    before = [s for s in stretches if s["valid_from"] <= end]
    s = before[-1] if before else stretches[0]
    industry = s["industry"]
    return {"group": s["group_code"], "industry": industry, "city": s["city"], "enterprise": code,
            "sector": None if not industry else "IND" if industry[0] in "BCD" else "REST"}


def rows_of(table, form):
    for r in read(table):
        held = in_force.get((form, r["enterprise_code"], r["period_year"], r["period_month"]))
        if held and held[1:] == (r["file_no"], r["sheet_no"]) and (r["file_no"], r["sheet_no"], r["source_row"]) not in refused:
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
for r in rows_of("rd_spend", "rd_spend"):
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
standing = {y: {c for c, s in history.items() for x in s if x["enterprise_level"] in ("G", "S") and x["valid_from"] <= f"{y}-12-31" <= x["ends_on"]} for y in years}
reports = {(f, y): {c for form, c, year, month in in_force if form == f and year == y and month is None} for f in ("rd_spend", "finance") for y in years}
missing = {y: {c for c in standing[y] if c not in reports["rd_spend", y] or c not in reports["finance", y]} for y in years}
for before, now in zip(years, years[1:]):
    for breakdown in ("total", "group", "sector"):
        sides = []
        for year, other in ((now, before), (before, now)):
            side = defaultdict(lambda: [Decimal(0), Decimal(0)])
            for (when, code), u in units.items():
                if when == year and code not in missing[other] and u.get("rd_expense") is not None and u.get("revenue") is not None:
                    category = "all" if breakdown == "total" else u["place"][breakdown]
                    side[category][0] += u["rd_expense"]
                    side[category][1] += u["revenue"]
            sides.append({c: percent(*s) for c, s in side.items()})
        for category in sides[0].keys() & sides[1].keys():
            n, b = sides[0][category], sides[1][category]
            if n is not None and b is not None:
                put("rd_intensity_change_pp", breakdown, category, now, n - b)
                put("rd_intensity_growth", breakdown, category, now, percent(n - b, b))

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


def group(r):
    return place(r["enterprise_code"], r["period_year"], r["period_month"])["group"]


awards = [r for r in annual("awards", "awards") if r["award_level"] in ("NAT", "PROV")]
count("awards", awards, lambda r: r["certificate_no"], ("award_level", lambda r: r["award_level"]), ("award_grade", lambda r: r["award_grade"]))
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
count("achievements", annual("achievements", "achievements"), lambda r: r["achievement_no"], ("achievement_measure", lambda r: r["achievement_measure"]), ("group", group))
count("digital_scenes", annual("digital_scenes", "digital_scenes"), lambda r: r["scene_no"], ("scene_status", lambda r: r["scene_status"]))
sources = annual("origin_sources", "origin_sources")
count("origin_sources", sources, lambda r: r["source_no"])
count("origin_projects", sources, lambda r: r["origin_project_no"], ("origin_stage", lambda r: r["origin_stage"]))
uptake = [r for r in annual("policy_uptake", "policy_uptake") if r["uptake_status"] == "FORCE"]
count("policy_enterprises", uptake, lambda r: r["enterprise_code"], ("policy", lambda r: r["policy"]))
count("policies_in_use", uptake, lambda r: r["policy"])
count("tasks", annual("tasks", "tasks"), lambda r: r["task_no"], ("task_kind", lambda r: r["task_kind"]))
titles = [r for r in annual("enterprise_titles", "enterprise_titles")
          if r["valid_from"] <= f"{r['period_year']}-12-31" and (r["valid_to"] is None or r["valid_to"] >= f"{r['period_year']}-12-31")]
count("innovative_enterprises", titles, lambda r: r["enterprise_code"], ("enterprise_title", lambda r: r["enterprise_title"]), ("group", group))
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

# --- the comparison ------------------------------------------------------------------------------------------------------
published = {r["figure_id"]: Decimal(r["value"]) for r in read("figure")}
metrics = {f.split(":")[0] for f in figures}
wrong = [(f, v, published.get(f)) for f, v in sorted(figures.items()) if published.get(f) != v]
# Within a metric and breakdown that is recomputed nothing may be published that was not found again; a zero may stand for nothing.
families = {tuple(f.split(":")[:2]) for f in figures}
extra = [(f, None, v) for f, v in sorted(published.items()) if tuple(f.split(":")[:2]) in families and f not in figures and v != 0]
print(f"{len(figures)} figures of {len(metrics)} metrics recomputed, {len(wrong)} differ, {len(extra)} published ones not found again")
print("not recomputed: " + ", ".join(sorted({f.split(":")[0] for f in published} - metrics)))
for figure, mine, theirs in (wrong + extra)[:20]:
    print(f"  {figure}: recomputed {mine}, published {theirs}")
sys.exit(1 if wrong or extra else 0)
