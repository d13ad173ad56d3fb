"""Checks the proof of one figure with nothing but the standard library and ssh-keygen: prints the figure, or says what is wrong and exits with 1."""
import hashlib
import json
import subprocess
import sys
import tempfile


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaf, index, count, path):
    """From the bottom: the sizes of the subtrees that the leaf lies in say on which side each hash stands."""
    sides = []
    while count > 1:
        split = 1
        while split * 2 < count:
            split *= 2
        if index < split:
            sides.append("right")
            count = split
        else:
            sides.append("left")
            index, count = index - split, count - split
    if len(sides) != len(path):
        sys.exit("the path has another length than the tree has levels")
    for side, beside in zip(reversed(sides), path):
        leaf = node(leaf, beside) if side == "right" else node(beside, leaf)
    return leaf


proof = json.load(open(sys.argv[1], encoding="utf-8"))
leaf = hashlib.sha256(b"\x00" + proof["figure"].encode()).digest()
found = root(leaf, proof["index"], proof["count"], [bytes.fromhex(h) for h in proof["path"]]).hex()
if f"figures {proof['count']} {found}" not in proof["edition"].split("\n"):
    sys.exit("the figure is not under the root")
with tempfile.NamedTemporaryFile("w", suffix=".sig") as signature:
    signature.write(proof["signatures"][0])
    signature.flush()
    checked = subprocess.run(
        ["ssh-keygen", "-Y", "check-novalidate", "-n", "innovation1551", "-s", signature.name],
        input=proof["edition"].encode(),
        capture_output=True,
    )
if checked.returncode != 0:
    sys.exit("the signature does not hold")
print(proof["figure"].replace("\t", " "))
