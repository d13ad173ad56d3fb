"""Recomputes what was published, with pandas and exact decimals, from the files alone.

usage: check_published.py FIGURES.csv FIGURES.json FROM_PARQUET.csv

The third is published.figure of the Parquet data, read by whoever can. Prints the number of figures and the sum of their values; ends with 1
where the three do not tell the same value and status of every figure.
"""

import json
import sys
from decimal import Decimal

import pandas

STATUS = {"actual": "A", "provisional": "P", "missing": "O", "suppressed": "Q"}


def decimal(text):
    return None if text == "" else Decimal(text)


def sdmx_csv(path):
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert list(frame.columns[:3]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION"], frame.columns
    assert set(frame.STRUCTURE) == {"dataflow"} and set(frame.ACTION) == {"I"}
    member = frame.CATEGORY.map(lambda c: "all" if c == "_T" else c.split("@", 1)[1])
    assert ((frame.CATEGORY == "_T") == (frame.BREAKDOWN == "total")).all()
    identifiers = frame.METRIC + ":" + frame.BREAKDOWN + ":" + member + ":" + frame.TIME_PERIOD
    return dict(zip(identifiers, zip(frame.OBS_VALUE.map(decimal), frame.OBS_STATUS)))


def sdmx_json(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file, parse_float=Decimal)["data"]
    structure, figures = data["structures"][0], {}
    values = [[v.get("id", v.get("value")) for v in d["values"]] for d in structure["dimensions"]["observation"]]
    attributes = structure["attributes"]["observation"]
    status = next(i for i, a in enumerate(attributes) if a["id"] == "OBS_STATUS")
    for key, observation in data["dataSets"][0]["observations"].items():
        _, metric, breakdown, category, period = (values[d][int(i)] for d, i in enumerate(key.split(":")))
        member = "all" if category == "_T" else category.split("@", 1)[1]
        value = None if observation[0] is None else Decimal(observation[0])
        figures[f"{metric}:{breakdown}:{member}:{period}"] = (value, attributes[status]["values"][observation[1 + status]]["id"])
    return figures


def parquet(path):
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(frame.figure_id, zip(frame.value.map(decimal), frame.status.map(STATUS))))


found = [sdmx_csv(sys.argv[1]), sdmx_json(sys.argv[2]), parquet(sys.argv[3])]
for other in found[1:]:
    if other != found[0]:
        strays = [k for k in {**found[0], **other} if found[0].get(k) != other.get(k)]
        sys.exit(f"{len(strays)} figures differ, {strays[0]}: {found[0].get(strays[0])} and {other.get(strays[0])}")
print(len(found[0]), sum(v for v, _ in found[0].values() if v is not None))
