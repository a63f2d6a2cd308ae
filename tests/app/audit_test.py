"""audit as people use it: files, numbers without a file, formats, exit status.

    tests/app/audit_test.py build/dev/roofbeam
"""
import csv
import io
import json
import subprocess
import sys
import unittest
from pathlib import Path

from program import InFolder, ROOT

STUDIES = sorted((ROOT / "scenarios" / "studies").glob("*/claims.yaml"))
PROGRAM = ""
RIGHT = "claims: right\nchanges: [{what: it, before: 128 ms, after: 76 ms, stated: 41 %}]\n"
WRONG = "claims: wrong\nchanges: [{what: it, before: 128 ms, after: 76 ms, stated: 33 %}]\n"


class Audit(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "right.yaml").write_text(RIGHT)
        (cls.folder / "wrong.yaml").write_text(WRONG)
        (cls.folder / "empty.yaml").write_text("claims: empty\n")

    def audit(self, *arguments):
        result = subprocess.run([PROGRAM, "audit", *arguments], cwd=self.folder, capture_output=True, text=True)
        return result.returncode, result.stdout, result.stderr

    def verdicts(self, *arguments):
        status, out, err = self.audit(*arguments, "--format", "json")
        self.assertEqual((status, err), (0, ""))
        return {f["check"]: f["verdict"] for a in json.loads(out)["audits"] for f in a["findings"]}

    def test_only_strict_makes_a_finding_a_failure(self):
        self.assertEqual(self.audit("wrong.yaml")[0], 0)
        self.assertEqual(self.audit("wrong.yaml", "--strict")[0], 3)
        self.assertEqual(self.audit("right.yaml", "--strict")[0], 0)
        self.assertEqual(self.audit("right.yaml", "wrong.yaml", "--strict")[0], 3)

    def test_a_table_shows_what_does_not_hold(self):
        status, out, err = self.audit("right.yaml", "wrong.yaml")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out, """right, 1 check: 1 holds

wrong, 1 check: 1 does not hold

Does not hold (1):
  it: 128 ms to 76 ms, stated 33 % [change]
    1 - 76 ms / 128 ms = 40.6 % less (40.0 to 41.2 % with rounding); 128 ms / 76 ms - 1 = 68.4 %
    faster (66.7 to 70.2 % with rounding)
    -> 33 % less than 128 ms would be 85.8 ms, 33 % faster 96.2 ms
    (wrong.yaml:2)
""")

    def test_numbers_need_no_file(self):
        cases = [
            ({"change": "does_not_hold"}, "--before", "128 ms", "--after", "76 ms", "--stated", "33 %"),
            ({"change": "holds"}, "--before", "128 ms", "--after", "76 ms", "--stated", "41 %"),
            ({"change": "does_not_hold"}, "--before", "128 ms", "--after", "76 ms", "--stated", "68 %", "--as", "reduction"),
            ({"change": "holds", "size-cause": "does_not_hold"}, "--before", "23.52 MB", "--after", "2.59 MB",
             "--stated", "9.08x", "--from", "fp32", "--to", "int8"),
            ({"compute-peak": "does_not_hold"}, "--flops", "612.75 M", "--latency", "3.5 ms", "--compute", "50 GFLOP/s"),
            ({"compute-peak": "holds"}, "--macs", "30 M", "--latency", "3.5 ms", "--compute", "50 GFLOP/s"),
            ({"power-budget": "does_not_hold"}, "--latency", "3.5 ms", "--energy", "35 mJ", "--budget", "5 W"),
            ({"file-size": "holds_but"}, "--parameters", "2,270,794", "--size", "26.39 MB", "--precision", "fp32"),
            ({"fit": "does_not_hold"}, "--needs", "0.53 MB", "--in", "512 KB"),
        ]
        for expected, *arguments in cases:
            with self.subTest(arguments=arguments):
                self.assertEqual(self.verdicts(*arguments), expected)

    def test_wrong_words_are_refused(self):
        self.assertEqual(self.audit(), (1, "", "roofbeam: error: nothing to check: name a claims file, or state"
                                        " numbers, such as\n  roofbeam audit --before '128 ms' --after '76 ms' --stated '33 %'\n"))
        status, out, err = self.audit("--before", "it's", "--after", "1 ms", "--stated", "2x")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("'it's' is not a number as reports write them", err)
        self.assertEqual(self.audit("none.yaml")[0], 1)
        self.assertEqual(self.audit("right.yaml", "--format", "xml")[0], 2)

    def test_a_file_without_statements_is_a_warning(self):
        self.assertEqual(self.audit("empty.yaml"),
                         (0, "empty, 0 checks\n", "roofbeam: warning: empty: nothing in it can be checked\n"))

    def test_formats_tell_the_same(self):
        counts = {}
        for form in ("json", "csv", "markdown"):
            status, out, err = self.audit(str(STUDIES[0]), "--all", "--format", form)
            self.assertEqual((status, err), (0, ""))
            self.assertEqual(out, self.audit(str(STUDIES[0]), "--all", "--format", form)[1])  # the same bytes again
            counts[form] = {"json": lambda: len(json.loads(out)["audits"][0]["findings"]),
                            "csv": lambda: len(list(csv.reader(io.StringIO(out)))) - 1,
                            "markdown": lambda: out.count("\n- ")}[form]()
        self.assertEqual(len(set(counts.values())), 1, counts)
        self.assertGreater(counts["json"], 10)

    def test_the_studies_are_audited(self):
        self.assertEqual(len(STUDIES), 5)
        for study in STUDIES:
            with self.subTest(study=study.parent.name):
                status, out, err = self.audit(str(study), "--format", "json")
                self.assertEqual((status, err), (0, ""))
                audit = json.loads(out)["audits"][0]
                self.assertEqual(audit["name"], study.parent.name)
                self.assertGreater(audit["summary"]["does_not_hold"], 0)
                self.assertGreater(audit["summary"]["holds"], 0)
                for finding in audit["findings"]:
                    self.assertTrue(finding["where"], finding)

    def test_the_checks_are_listed(self):
        status, out, err = self.audit("--checks")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("compute-peak\n", out)

    def test_a_result_goes_into_a_file(self):
        self.assertEqual(self.audit("wrong.yaml", "--format", "markdown", "-o", "out.md"), (0, "", ""))
        self.assertIn("does not hold", (self.folder / "out.md").read_text())


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
