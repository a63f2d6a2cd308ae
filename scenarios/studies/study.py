"""What the pages of the case studies are made of: a report's figures, the program's answers, tables.

A study's folder holds report.csv (figures that the report states, each with the place where it stands),
scenario files, README.md and page.py. Each public function of page.py makes one table, which stands in README.md
between `<!-- table NAME -->` and `<!-- end -->`.
"""

import csv
import io
import json
import math
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# Units of report.csv in SI units. MB is what the reports write, whatever they mean by it.
FACTORS = {
    "": 1, "x": 1, "%": 0.01, "M": 1e6, "MB": 1e6, "GB": 1e9, "KB": 1e3, "ms": 1e-3, "mJ": 1e-3, "nJ": 1e-9, "W": 1,
    "GB/s": 1e9, "GFLOP/s": 1e9, "TFLOP/s": 1e12, "GHz": 1e9, "px": 1, "1/s": 1, "lanes": 1, "configurations": 1,
}


class Figure:
    """What a report states: its value in SI units, and as it is written."""

    def __init__(self, row):
        self.value = float(row["value"]) * FACTORS[row["unit"]]
        unit = {"x": "×", "px": " pixels", "": "", "%": " %"}.get(row["unit"], " " + row["unit"])
        text = row["value"]
        self.text = (f"{int(text):,}" if text.isdigit() and len(text) > 4 else text) + unit
        self.where = row["where"]


class Study:
    def __init__(self, folder, program):
        self.folder, self.program = Path(folder), program
        rows = csv.DictReader((self.folder / "report.csv").open(encoding="utf-8"))
        self.figures = {}
        for row in rows:
            assert row["key"] not in self.figures, f"{row['key']} stands twice in report.csv"
            self.figures[row["key"]] = Figure(row)

    def stated(self, key):
        return self.figures[key].text if key in self.figures else "–"

    def value(self, key):
        return self.figures[key].value if key in self.figures else None

    @lru_cache(maxsize=None)
    def output(self, *arguments, cwd=None):
        command = [str(self.program), *map(str, arguments)]
        result = subprocess.run(command, cwd=cwd or self.folder, capture_output=True, encoding="utf-8")
        if result.returncode:
            raise SystemExit(f"error: {self.folder.name}: '{' '.join(command[1:])}' ended with "
                             f"{result.returncode}:\n{result.stderr}")
        return result.stdout

    def inspect(self, network):
        return json.loads(self.output("inspect", ROOT / f"networks/{network}.onnx", "--format", "json"))

    def predict(self, network, platform, *options):
        """One forecast."""
        network = ROOT / f"networks/{network}.onnx"
        text = self.output("predict", network, "-p", platform, *options, "--format", "json")
        return json.loads(text)["predictions"][0]

    def recommend(self, scenario, *options):
        """The answers for each platform, as JSON has them."""
        with tempfile.TemporaryDirectory() as folder:
            cases = Path(folder) / "cases.csv"
            cases.write_text(self.output("sweep", scenario, "--keep-all", "--format", "csv"), encoding="utf-8")
            text = self.output("recommend", "--table", cases, "--each", "platform", "--format", "json", *options)
        return json.loads(text)["recommendations"]

    def frontier(self, rows, objectives):
        """Those of the cases that none of them beats."""
        with tempfile.TemporaryDirectory() as folder:
            cases = Path(folder) / "cases.csv"
            with cases.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
            text = self.output("frontier", cases, "--objectives", objectives, "--format", "csv")
        return [Case(row) for row in csv.DictReader(io.StringIO(text))]

    def rows(self, scenario, *options):
        """All cases of a scenario, every cell as text."""
        text = self.output("sweep", scenario, "--keep-all", "--format", "csv", *options)
        return list(csv.DictReader(io.StringIO(text)))

    def sweep(self, scenario, *options):
        """All cases of a scenario."""
        return [Case(row) for row in self.rows(scenario, *options)]


NORMAL = {80: 1.2815515655446004, 95: 1.959963984540054}  # quantiles


def audit_table(study):
    """What does not hold, or only with a remark: one finding of each kind, and how many there are."""
    findings = json.loads(study.output("audit", "claims.yaml", "--format", "json"))["audits"][0]["findings"]
    rows, seen = [], {}
    for finding in findings:
        if finding["verdict"] in ("does_not_hold", "holds_but"):
            seen.setdefault((finding["verdict"], finding["check"]), []).append(finding)
    for (verdict_, check), found in seen.items():
        first = found[0]
        word = "no" if verdict_ == "does_not_hold" else "but"
        rows.append((check, word, len(found), first["claim"], first["arithmetic"], first["explanation"]))
    cells = [[str(cell).replace("|", "/") for cell in row] for row in rows]
    return table(("check", "holds", "so many", "such as", "arithmetic", "which means"), cells, left=6)


class Case(dict):
    """A row of a sweep: words as they are, figures as numbers, what is not known as None."""

    def __init__(self, row):
        super().__init__((key, number(text)) for key, text in row.items())
        for coverage, quantile in NORMAL.items():
            factor = math.exp(quantile * self["latency_deviation"])
            self[f"latency_{coverage}"] = (self["latency_s"] / factor, self["latency_s"] * factor)

    def is_at(self, **axes):
        return all(self[axis.replace("__", ".")] == value for axis, value in axes.items())


def statistics(inspected):
    """Running means and variances of batch norms: no parameters to us, but Keras and PyTorch store them."""
    norms = [layer for layer in inspected["layers"] if layer["op"] == "BatchNormalization"]
    return 2 * sum(layer["output_shape"][1] for layer in norms)


def number(text):
    words = {"": None, "true": True, "false": False}
    if text in words:
        return words[text]
    try:
        return float(text)
    except ValueError:
        return text


def one(cases, **axes):
    """The case at these values of the axes, or None."""
    found = [case for case in cases if case.is_at(**axes)]
    assert len(found) <= 1, f"{len(found)} cases at {axes}"
    return found[0] if found else None


# ------------------------------------------------------------------------------------------- text


def scaled(value, steps):
    """Three significant digits in the largest unit that the value reaches."""
    if value is None:
        return "–"
    for factor, unit in steps:
        if abs(value) >= factor or factor == steps[-1][0]:
            return f"{digits(value / factor)} {unit}".rstrip()
    raise AssertionError("no steps")


def digits(value):
    """Three significant digits, never in powers of ten."""
    if value == 0:
        return "0"
    for places, limit in ((3, 1), (2, 10), (1, 100)):
        if abs(value) < limit - 0.5 * 10 ** -places:
            return f"{value:.{places}f}"
    return f"{value:,.0f}"


def time(value):
    return scaled(value, [(1, "s"), (1e-3, "ms"), (1e-6, "us")])


def energy(value):
    return scaled(value, [(1, "J"), (1e-3, "mJ"), (1e-6, "uJ")])


def size(value):
    """In the reports' MB; which of both readings is meant is their secret."""
    return scaled(value, [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")])


def mib(value):
    return "–" if value is None else f"{value / 2**20:.2f} MiB"


def count(value):
    return "–" if value is None else f"{value:,.0f}"


def millions(value):
    return scaled(value, [(1e6, "M")])


def percent(share, places=0):
    return "–" if share is None else f"{100 * share:.{places}f} %"


def ratio(value):
    return "–" if value is None else digits(value) + "×"


def interval(case):
    low, high = case["latency_80"]
    return f"{time(low)} – {time(high)}"


def verdict(stated, case):
    """Where a stated latency lies in our intervals."""
    if stated is None:
        return "–"
    for coverage, word in ((80, "yes"), (95, "barely (95 %)")):
        low, high = case[f"latency_{coverage}"]
        if low <= stated <= high:
            return word
    ours = case["latency_s"]
    return f"no: {ratio(stated / ours)} ours" if stated > ours else f"no: {ratio(ours / stated)} faster"


def close(stated, ours, within):
    """Whether two figures agree within a share, and by how much they differ where not."""
    if stated is None or ours is None:
        return "–"
    if abs(stated - ours) <= within * ours:
        return "yes"
    return f"no: {ratio(stated / ours)} ours"


def table(header, rows, left=1):
    """Markdown; the first `left` columns are words, the others figures."""
    rule = ["---" if column < left else "---:" for column in range(len(header))]
    lines = [header, rule, *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
