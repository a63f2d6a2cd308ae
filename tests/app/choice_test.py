"""frontier and recommend, as people use them.

    tests/app/choice_test.py build/dev/roofbeam
"""
import csv
import io
import json
import subprocess
import sys
import unittest
from pathlib import Path

from program import InFolder, ROOT

SHIP = ROOT / "scenarios/examples/ship-mobilenet.yaml"
PROGRAM = ""
CASES = """network,platform,latency_s,energy_j,accuracy,latency_deviation,fits
slim,phone,0.005,0.02,0.66,0.3,true
wide,phone,0.010,0.05,0.72,0.3,true
slim,board,0.25,0.09,0.66,0.2,true
wide,board,0.9,0.3,0.72,0.2,false
"""


class Choice(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "cases.csv").write_text(CASES)

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, encoding="utf-8")

    def good(self, *arguments):
        result = self.run_program(*arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def test_frontier_of_a_table_as_table_csv_and_json(self):
        ask = ["frontier", "cases.csv", "--objectives", "latency_s, max accuracy"]
        self.assertTrue(self.good(*ask).startswith("2 of 4 rows are on the frontier of min latency_s, max accuracy."))
        rows = list(csv.DictReader(io.StringIO(self.good(*ask, "--format", "csv"))))
        self.assertEqual([(row["frontier_row"], row["network"]) for row in rows], [("1", "slim"), ("2", "wide")])
        found = json.loads(self.good(*ask, "--row", "3", "--row", "1", "--reference", "1,0.5", "--format", "json"))
        self.assertEqual([point["row"] for point in found["points"]], [1, 2])
        self.assertEqual([one["row"] for one in found["asked"][0]["beaten_by"]], [1, 2])
        self.assertEqual(found["asked"][1]["beaten_by"], [])
        self.assertAlmostEqual(found["hypervolume"]["volume"], 0.995 * 0.16 + 0.99 * 0.06)

    def test_recommend_from_a_table(self):
        text = self.good("recommend", "--table", "cases.csv", "--for", "latency")
        self.assertTrue(text.startswith("Choose slim, phone: latency 5.00 ms"), text)
        found = json.loads(self.good("recommend", "--table", "cases.csv", "--order", "accuracy,latency", "--require",
                                     "latency <= 200 ms", "--each", "platform", "--format", "json"))
        phone, board = found["recommendations"]
        self.assertEqual((phone["group"], phone["ranked"][0]["settings"]["network"]), ("phone", "wide"))
        self.assertEqual((board["group"], board["ranked"], board["feasible"]), ("board", [], 0))
        self.assertEqual(board["out"][0]["why"], ["latency 250 ms > 200 ms, 25 % over"])
        self.assertEqual([case["fits"] for case in board["out"]], [True, False])

    def test_recommend_from_a_scenario_agrees_with_its_sweep(self):
        best = json.loads(self.good("recommend", str(SHIP), "--for", "latency", "--format", "json"))
        rows = list(csv.DictReader(io.StringIO(self.good("sweep", str(SHIP), "--keep-all", "--format", "csv"))))
        feasible = [row for row in rows if row["feasible"] == "true"]
        found = best["recommendations"][0]
        self.assertEqual((found["cases"], found["feasible"]), (len(rows), len(feasible)))
        self.assertEqual(found["ranked"][0]["latency_s"], min(float(row["latency_s"]) for row in feasible))
        (self.folder / "swept.csv").write_text(self.good("sweep", str(SHIP), "--keep-all", "--format", "csv"))
        again = json.loads(self.good("recommend", "--table", "swept.csv", "--for", "latency", "--format", "json"))
        self.assertEqual(again["recommendations"][0]["ranked"][0]["case"], found["ranked"][0]["case"])
        self.assertEqual([case["case"] for case in again["recommendations"][0]["out"]],
                         [case["case"] for case in found["out"]])

    def test_wrong_input_is_told_precisely(self):
        for arguments, message in [
                (["recommend"], "roofbeam: error: there are no cases: name a scenario, or a table with --table FILE.csv\n"),
                (["recommend", "--table", "cases.csv", "--for", "beauty"], "nothing is best for 'beauty'"),
                (["recommend", "--table", "cases.csv", "--each", "chip"], "there is no axis 'chip'"),
                (["recommend", "--table", "cases.csv", "--for", "size"], "size cannot count: it is known of no case\n"),
                (["recommend", "--table", "cases.csv", "--order", "latency", "--tolerance", "2 ms"], "--tolerance '2 ms'"),
                (["frontier", "cases.csv", "--objectives", "min latency"], "did you mean 'latency_s'?"),
                (["frontier", "cases.csv", "--objectives", "min network"], "cases.csv:2:1: error: 'slim' is not a number"),
                (["frontier", "cases.csv", "--objectives", "latency_s", "--row", "9"], "there is no row 9")]:
            with self.subTest(arguments):
                result = self.run_program(*arguments)
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertIn(message, result.stderr)


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
