"""Plays a survey year as a statistician and thirty respondents would, with the program and openpyxl alone; no sample.

usage: survey_year.py FOLDER PROGRAM…   (the command that starts the program, such as: dotnet innovation.dll)
Every step asserts what it must have led to. All enterprises are invented and every workbook says so: 示例数据 synthetic.
"""
import copy
import csv
import datetime
import glob
import json
import os
import shutil
import subprocess
import sys
import zipfile

import openpyxl

folder, program = sys.argv[1], sys.argv[2:]
WORKSPACE, DEFINITIONS = os.path.join(folder, "workspace"), os.path.join(folder, "definitions")
INBOX = os.path.join(WORKSPACE, "inbox")
YEAR = 2025


def run(*arguments, expect=0, definitions=True):
    """Runs a verb and gives its JSON answer."""
    command = [*program, *arguments, "--workspace", WORKSPACE, "--json", "--lang", "zh"]
    if definitions:
        command += ["--definitions", DEFINITIONS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (expect if isinstance(expect, tuple) else (expect,)), (
        f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    )
    return json.loads(done.stdout)


def step(text):
    print(text, flush=True)


# --- who there is: six groups of five, by a check character that is right (GB 32100) ------------------------------------------
def credit_code(serial):
    alphabet, weights = "0123456789ABCDEFGHJKLMNPQRTUWXY", [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    subject = f"EXA{serial:05d}"
    body = "91140100" + subject
    organisation = [3, 7, 9, 10, 5, 8, 4, 2]
    check = (11 - sum("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(c) * w for c, w in zip(subject, organisation)) % 11) % 11
    body += "X" if check == 10 else str(check)
    return body + alphabet[(31 - sum(alphabet.index(c) * w for c, w in zip(body, weights)) % 31) % 31]


UNITS = []
for g in range(6):
    for n in range(5):
        serial = g * 5 + n
        UNITS.append({
            "code": credit_code(100 + serial), "name": f"示例第{g + 1}集团" + ("" if n == 0 else f"第{n}公司"), "group": g, "is_head": n == 0, "no": serial,
        })
for unit in UNITS:
    unit["head"] = UNITS[unit["group"] * 5]["code"]


# --- workbooks filled in as a person does: by the heading of a column ---------------------------------------------------------
def columns(sheet, heading_row=3):
    return {str(c.value).split("\n")[0]: c.column for c in sheet[heading_row] if c.value is not None}


def put(sheet, row, values, heading_row=3):
    at = columns(sheet, heading_row)
    for heading, value in values.items():
        assert heading in at, f"{sheet.title} has no column {heading}: {list(at)}"
        sheet.cell(row, at[heading]).value = value


def filled_on(sheet, day, revision=1):
    sheet["E2"].value, sheet["G2"].value = day, revision


def mark(book):
    """Constructed data say so."""
    for sheet in book:
        if sheet.sheet_state == "visible" and sheet["A1"].value and "synthetic" not in str(sheet["A1"].value):
            sheet["A1"].value = f"{sheet['A1'].value} 示例数据 synthetic"


def spend(unit, year):
    total = 2000 + 100 * unit["no"] + (100 if year == YEAR else 0)
    inside = total * 0.9
    part = lambda share, of=total: round(of * share / 100, 2)
    return {
        "研究开发费用（本期合计）": total, "人员人工费用": part(40), "直接投入费用": part(30), "折旧费用与长期待摊费用": part(10), "无形资产摊销费用": part(5),
        "设计费用": part(5), "装备调试费用与试验费用": part(2), "委托外部研究开发费用": part(5), "其中：委托境内研究机构": part(2), "其中：委托境内高等学校": part(2),
        "其中：委托境内企业": part(1), "其中：委托境外机构": 0, "其他费用": part(3), "上年同期研究开发费用合计": total - 100,
        "R&D经费内部支出": inside, "基础研究支出": part(5, inside), "应用研究支出": part(15, inside), "试验发展支出": part(80, inside),
        "日常性支出": part(85, inside), "资产性支出": part(15, inside), "中央政府资金": part(2, inside), "地方政府资金": part(8, inside),
        "企业资金": part(88, inside), "境外资金": 0, "非营利组织资金": 0, "其他资金": part(2, inside), "上年同期R&D经费内部支出": (total - 100) * 0.9,
        "R&D人员": 80 + unit["no"], "其中：研究人员": 40, "R&D人员全时当量": 60 + unit["no"],
    }


def finance(unit, year):
    revenue = 100_000 + 2000 * unit["no"] + (4000 if year == YEAR else 0)
    return {
        "营业收入": revenue, "上年同期营业收入": revenue - 4000, "营业总成本": round(revenue * 0.92, 2), "利润总额": round(revenue * 0.06, 2), "从业人员期末人数": 900 + 10 * unit["no"],
    }


SPEND, FINANCE = "研究开发活动及费用情况", "财务与从业人员情况"


def returned(template, path, units, year, day, change=None, revision=1):
    """The two forms of some enterprises on a copy of their template."""
    book = openpyxl.load_workbook(template)
    rows = {}
    for sheet, make in ((SPEND, spend), (FINANCE, finance)):
        filled_on(book[sheet], day, revision)
        for i, unit in enumerate(units):
            rows[sheet] = make(unit, year)
            if change:
                change(book, sheet, 4 + i, rows[sheet])
            put(book[sheet], 4 + i, rows[sheet])
    mark(book)
    book.save(path)


def scale(row, times, *but):
    for heading, value in row.items():
        if heading not in but:
            row[heading] = round(value * times, 2)


# --- twenty-five ways in which a return is wrong: what is done to it, and what is found ---------------------------------------
def of(sheet_name, action):
    def change(book, sheet, row_no, row):
        if sheet == sheet_name:
            action(row, book[sheet], row_no)
    return change


def add(heading, amount):
    return lambda row, sheet, no: row.__setitem__(heading, row[heading] + amount)


def to(**values):
    return lambda row, sheet, no: row.update(values["values"])


def cell(heading, value):
    def action(row, sheet, no):
        row.pop(heading, None)
        sheet.cell(no, columns(sheet)[heading]).value = value
    return action


def in_yuan(row, sheet, no):
    scale(row, 10_000, "上年同期研究开发费用合计", "上年同期R&D经费内部支出", "R&D人员", "其中：研究人员", "R&D人员全时当量")


def grown(row, sheet, no):
    scale(row, 1.9, "上年同期研究开发费用合计", "上年同期R&D经费内部支出", "R&D人员", "其中：研究人员", "R&D人员全时当量")


def all_pay(row, sheet, no):
    total = row["研究开发费用（本期合计）"]
    for heading in list(row)[1:13]:
        row[heading] = 0
    row["人员人工费用"], row["其他费用"] = round(total * 0.95, 2), round(total * 0.05, 2)


def twice(row, sheet, no):
    put(sheet, no + 1, row)
    for heading in ("统一社会信用代码", "单位名称", "报告期"):
        sheet.cell(no + 1, columns(sheet)[heading]).value = sheet.cell(no, columns(sheet)[heading]).value


def without_column(row, sheet, no):
    sheet.cell(3, columns(sheet)["营业收入"]).value = None
    row.pop("营业收入")


FAULTS = [
    ("总计不等于分项之和", of(SPEND, add("研究开发费用（本期合计）", 10)), "V01"),
    ("委托外部与其中项不平", of(SPEND, add("其中：委托境内企业", 5)), "V02"),
    ("资金来源之和不等于内部支出", of(SPEND, add("其他资金", 7)), "V03"),
    ("三类活动之和不等于内部支出", of(SPEND, add("基础研究支出", 9)), "V04"),
    ("日常性与资产性之和不等于内部支出", of(SPEND, add("日常性支出", 11)), "V05"),
    ("全时当量多于人员", of(SPEND, to(values={"R&D人员全时当量": 400})), "V10"),
    ("研究人员多于人员", of(SPEND, to(values={"其中：研究人员": 999})), "V10"),
    ("有费用没有人员", of(SPEND, to(values={"R&D人员": 0, "其中：研究人员": 0, "R&D人员全时当量": 0})), "V11"),
    ("金额按元填写", of(SPEND, in_yuan), "V25"),
    ("比上年增长九成", of(SPEND, grown), "V26"),
    ("营业收入少写一位，强度异常", of(FINANCE, to(values={"营业收入": 5000, "营业总成本": 4600, "利润总额": 300, "上年同期营业收入": 4900})), "V27"),
    ("人员费用占九成五", of(SPEND, all_pay), "V28"),
    ("人均费用过高", of(SPEND, to(values={"R&D人员": 5, "其中：研究人员": 3, "R&D人员全时当量": 4})), "V29"),
    ("研发费用大于营业总成本", of(FINANCE, to(values={"营业总成本": 3000})), "V30"),
    ("必填数没有填", of(SPEND, cell("研究开发费用（本期合计）", None)), "V31"),
    ("负数", of(SPEND, to(values={"资产性支出": -5})), "V32"),
    ("年度未结束就填报", lambda book, sheet, no, row: filled_on(book[sheet], datetime.date(2025, 6, 1)), "V33"),
    ("上年数与上年所报不同", of(SPEND, add("上年同期研究开发费用合计", 300)), "V24"),
    ("数字写成文字", of(FINANCE, cell("营业收入", "约十二万")), "B"),
    ("错误值", of(FINANCE, cell("营业收入", "#REF!")), "R014"),
    ("报告期写错", of(FINANCE, cell("报告期", "二〇五二年年底")), "B"),
    ("同一单位两行", of(FINANCE, twice), "V17"),
    ("缺少必需的列", of(FINANCE, without_column), "V31"),
    ("代码校验位不对", of(FINANCE, lambda row, sheet, no: sheet.cell(no, 1).__setattr__("value", sheet.cell(no, 1).value[:-1] + ("0" if sheet.cell(no, 1).value[-1] != "0" else "1"))), ""),
    ("名称不是名录中的名称", of(FINANCE, cell("单位名称", "示例不相干公司")), "V34"),
]
assert len(FAULTS) == 25

shutil.rmtree(folder, ignore_errors=True)
os.makedirs(os.path.join(DEFINITIONS, "seeds"))
papers = os.path.join(folder, "papers")
os.makedirs(papers)

step("plan: one enterprise excused, one given more time")
HEADER = "plan_line,form,duty,period_kind,months,from_year,to_year,months_after,day,levels,industries,titles,groups,holders_of,contact,note\n"
with open(os.path.join(DEFINITIONS, "seeds", "survey_plan.csv"), "w", encoding="utf-8") as file:
    file.write(HEADER)
    file.write("register,enterprise_register,any_time,,,2020,,,,,,,,,,\n")
    for form in ("rd_spend", "finance"):
        file.write(f"{form}_year,{form},owed,year,,2024,,3,10,G;S,,,,,示例处室 0000,\n")
    file.write("corrections,corrections,any_time,,,2020,,,,,,,,,,\n")
excused, late = UNITS[28], UNITS[29]
with open(os.path.join(DEFINITIONS, "seeds", "survey_exception.csv"), "w", encoding="utf-8") as file:
    file.write("exception,kind,form,period,code,scope,due_on,reason,decided_by,decided_on\n")
    file.write(f"1,WAIVER,*,{YEAR},{excused['code']},ENTERPRISE,,停产清算,示例处长,2026-01-15\n")
    file.write(f"2,EXTENSION,*,{YEAR},{late['code']},ENTERPRISE,2026-04-30,审计未完成,示例处长,2026-02-15\n")

step("register: the form from the program, filled in, loaded")
register = os.path.join(papers, "名录.xlsx")
subprocess.run([*program, "template", "--form", "enterprise_register", "--year", "2024", "--output", register], check=True, capture_output=True)
book = openpyxl.load_workbook(register)
sheet = book["企业名录"]
filled_on(sheet, datetime.date(2024, 1, 5))
for i, unit in enumerate(UNITS):
    put(sheet, 4 + i, {
        "统一社会信用代码": unit["code"], "单位名称": unit["name"], "上级单位代码": None if unit["is_head"] else unit["head"],
        "单位层级": "集团" if unit["is_head"] else "子企业", "所属行业": "专用设备制造业", "所在市": "太原", "生效日期": datetime.date(2015, 1, 1),
    })
mark(book)
book.save(register)
loaded = run("load", register)
assert (loaded["rows_in"], loaded["errors"]) == (30, 0), loaded
run("build")
status = run("status")
assert {r["period"] for r in status["response"]} >= {"2024"}, status["response"]
assert all(r["expected"] == 30 and r["accepted"] == 0 for r in status["response"] if r["period"] == "2024")

step("last year: a workbook for each group, all well")
for g in range(6):
    template = os.path.join(papers, f"模板2024-{g}.xlsx")
    run("template", "--group", UNITS[g * 5]["code"], "--year", "2024", "--output", template)
    members = UNITS[g * 5 : g * 5 + 5]
    book = openpyxl.load_workbook(template)
    assert {SPEND, FINANCE} <= set(book.sheetnames), book.sheetnames
    assert "专利事件清单" not in book.sheetnames, "the plan asks for two forms alone"
    order = [str(book[SPEND].cell(4 + i, 1).value) for i in range(5)]
    returned(template, os.path.join(INBOX, f"2024-第{g + 1}集团.xlsx"), sorted(members, key=lambda u: order.index(u["code"])), 2024, datetime.date(2025, 3, 1))
first = run("run", expect=(0, 1))
# Each workbook repeats the rows of the register for checking.
assert first["load"]["errors"] == 0 and first["load"]["rows_in"] == 60 + 30, first["load"]
assert first["report"]["year"] == 2024

step("this year: a template for each enterprise, 60 returns on 30 workbooks, 25 of them wrong")
faulty = {}
for unit in UNITS:
    if unit is excused:
        continue
    template = os.path.join(papers, f"模板{YEAR}-{unit['no']}.xlsx")
    run("template", "--enterprise", unit["code"], "--all", "--year", str(YEAR), "--output", template)
    if unit["no"] == 0:
        book = openpyxl.load_workbook(template)
        assert "报送截止：2026-03-10" in str(book[SPEND]["F1"].value), book[SPEND]["F1"].value
        assert book[SPEND].cell(4, columns(book[SPEND])["上年同期研究开发费用合计"]).value == 2000, "last year's value stands there"
    fault = FAULTS[unit["no"]] if unit["no"] < len(FAULTS) else None
    name = f"{YEAR}-{unit['no']:02d}.xlsx"
    returned(template, os.path.join(INBOX, name), [unit], YEAR, datetime.date(2026, 3, 2), fault[1] if fault else None)
    if fault:
        faulty[name] = (unit, fault)
# A plan that grants more time to one of them: the template says so.
book = openpyxl.load_workbook(os.path.join(papers, f"模板{YEAR}-{late['no']}.xlsx"))
assert "2026-04-30" in str(book[SPEND]["F1"].value), book[SPEND]["F1"].value
loaded = run("load", expect=(0, 1))
found = {}
for finding in loaded["findings"]:
    found.setdefault(os.path.basename(finding["file"]), []).append(finding)
for name, (unit, (what, _, code)) in faulty.items():
    codes = {f["code"] for f in found.get(name, [])}
    assert any(c.startswith(code) for c in codes), f"{name} {what}: {code} expected, found {sorted(codes)}"
    step(f"  {what}: {', '.join(sorted(codes))}")
for unit in UNITS[25:]:
    assert unit is excused or not found.get(f"{YEAR}-{unit['no']:02d}.xlsx"), found.get(f"{YEAR}-{unit['no']:02d}.xlsx")

step("feedback: a workbook for each, which opens at what is wrong")
feedback = {os.path.basename(p): p for p in glob.glob(os.path.join(WORKSPACE, "feedback", "**", "*.xlsx"), recursive=True)}
answered = {name: next((p for f, p in feedback.items() if name[:-5] in f), None) for name in faulty}
assert all(answered.values()), [n for n, p in answered.items() if p is None]
for name, path in answered.items():
    book = openpyxl.load_workbook(path)
    comments = [c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment]
    texts = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]
    assert any(f["code"] in t for f in found[name] for t in texts + comments), name

step("mended returns, and explanations for what is unusual but right")
right_as_it_is = {"V11", "V26", "V27", "V28", "V29", "V33", "V24"}
explained = {}
for name, (unit, (what, change, code)) in faulty.items():
    template = os.path.join(papers, f"模板{YEAR}-{unit['no']}.xlsx")
    path = os.path.join(INBOX, f"{name[:-5]}-修订.xlsx")
    if code in right_as_it_is:
        returned(template, path, [unit], YEAR, datetime.date(2026, 3, 20) if code != "V33" else datetime.date(2026, 3, 21), change if code != "V33" else None, revision=2)
        book = openpyxl.load_workbook(path)
        for sheet in (SPEND, FINANCE):
            filled_on(book[sheet], datetime.date(2026, 3, 20), 2)
            put(book[sheet], 4, {"说明": "情况属实：示例说明，" + what})
        book.save(path)
        explained[os.path.basename(path)] = code
    else:
        returned(template, path, [unit], YEAR, datetime.date(2026, 3, 20), revision=2)
loaded = run("load", expect=(0, 1))
again = [f for f in loaded["findings"] if "修订" in f["file"] and f["severity"] == "error"]
assert not again, again[:3]

step("review: what is to be decided, out as a workbook, back through the inbox")
run("build")
desk = os.path.join(papers, "审核.xlsx")
review = run("review", "--by", "示例审核人", "--output", desk)
book = openpyxl.load_workbook(desk)
decided = 0
for sheet in book:
    rows = [i for i in range(1, min(8, sheet.max_row) + 1) if any("审核意见" in str(c.value) or "裁定" in str(c.value) for c in sheet[i])]
    heading = next((i for i in rows if len([c for c in sheet[i] if c.value]) > 4), None)
    if sheet.sheet_state != "visible" or heading is None:
        continue
    at = columns(sheet, heading)
    decision = next((h for h in at if h.startswith("审核意见")), None)
    reason = next((h for h in at if "理由" in h or "审核说明" in h), None)
    if decision is None:
        continue
    for row in range(heading + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value is None and sheet.cell(row, 2).value is None:
            continue
        sheet.cell(row, at[decision]).value = "ACCEPT 认可说明"
        if reason:
            sheet.cell(row, at[reason]).value = "示例：已电话核实"
        decided += 1
assert decided > 0, [(s.title, s.max_row) for s in book]
filled = os.path.join(INBOX, "审核-已填.xlsx")
book.save(filled)
loaded = run("load", expect=(0, 1))
assert not [f for f in loaded["findings"] if f["severity"] == "error" and "审核" in f["file"]], loaded["findings"][:3]
step(f"  {decided} rows decided")

step("approval and report")
built = run("build")
first_release = built["release"]
status = run("status")
for line in status["response"]:
    if line["period"] == str(YEAR):
        assert (line["expected"], line["waived"], line["accepted"]) == (29, 1, 29), line
draft = run("report", str(YEAR), "--format", "html")
assert draft["standing"] != "approved", draft
run("approve", "latest", "--by", "示例主任", "--why", "第1次示例会议审定")
report = run("report", str(YEAR), "--format", "html,xlsx")
assert (report["standing"], report["approved_by"]) == ("approved", "示例主任"), report
page = open(report["page"], encoding="utf-8").read()
assert "示例主任" in page and "synthetic" in page
total = sum((2100 + 100 * u["no"]) * (1.9 if u["no"] == 9 else 1) for u in UNITS if u is not excused)
answer = run("sql", f"select value from published.figure where figure_id = 'rd_expense:total:all:{YEAR}'")
assert abs(answer[0]["value"] - total) < 0.01, (answer, total)

step("a late correction in the words of the form, decided, and the second edition")
template = os.path.join(papers, "更正.xlsx")
run("template", "--form", "corrections", "--enterprise", UNITS[25]["code"], "--year", str(YEAR), "--output", template)
book = openpyxl.load_workbook(template)
sheet = next(s for s in book if "更正" in s.title)
filled_on(sheet, datetime.date(2026, 5, 4))
old = finance(UNITS[25], YEAR)["营业收入"]
put(sheet, 4, {
    "统一社会信用代码": UNITS[25]["code"], "单位名称": UNITS[25]["name"], "报告期": f"{YEAR}年", "更正报表": FINANCE, "更正指标": "营业收入",
    "原值": old, "更正值": old + 70, "更正原因": "漏计一笔收入（示例）", "批准人": "示例批准人", "批准日期": datetime.date(2026, 5, 5),
})
mark(book)
book.save(os.path.join(INBOX, "更正.xlsx"))
loaded = run("load", expect=(0, 1))
assert not [f for f in loaded["findings"] if "更正" in f["file"] and f["severity"] == "error"], loaded["findings"]
second = run("build")
assert second["release"] != first_release
# The first edition reads as it did.
revenue = f"select value from published.figure where figure_id = 'revenue:total:all:{YEAR}'"
before, after = (run("sql", revenue, "--release", r)[0]["value"] for r in (first_release, second["release"]))
assert round(after - before, 2) == 70, (before, after)
difference = run("diff", first_release, second["release"])
changed = {c["figure"]: c["parts"] for c in difference["changes"]}
assert changed[f"revenue:total:all:{YEAR}"] == {"correction": 70}, changed
second_report = run("report", str(YEAR), "--format", "html")
assert second_report["standing"] != "approved", "an approval binds one release alone"
run("verify", first_release)
run("verify", second["release"])
step("the year is over: plan, templates, 58 returns, 25 faults, answers, decisions, approval, report, correction, second edition")
