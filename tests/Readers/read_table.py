"""Prints a table as JSON, an array of records of texts, read by Python's own csv and json and by openpyxl. Usage: read_table.py FILE"""
import csv
import datetime
import json
import sys

import openpyxl


def text(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


path = sys.argv[1]
if path.endswith(".csv"):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))[1:]
elif path.endswith(".json"):
    with open(path, encoding="utf-8") as file:
        # Digits as they stand.
        rows = [list(r.values()) for r in json.load(file, parse_int=str, parse_float=str)["rows"]]
else:
    rows = [list(r) for r in openpyxl.load_workbook(path, read_only=False)["result"].iter_rows(min_row=2, values_only=True)]
json.dump([[text(v) for v in r] for r in rows], sys.stdout)
