#!/usr/bin/env python3
"""What the pages of the case studies are made with: figures as text, verdicts, tables.

    tests/scenarios/study_test.py
"""
import csv
import sys
import unittest
from pathlib import Path

STUDIES = Path(__file__).resolve().parent.parent.parent / "scenarios" / "studies"
sys.path.insert(0, str(STUDIES))

import make_pages  # noqa: E402  (found above)
import study  # noqa: E402


def case(**figures):
    row = {"latency_s": "0.002", "latency_deviation": "0", **figures}
    return study.Case(row)


class Text(unittest.TestCase):
    def test_figures_have_three_digits_in_the_largest_unit_they_reach(self):
        self.assertEqual(study.time(0.00123456), "1.23 ms")
        self.assertEqual(study.time(0.0999), "99.9 ms")
        self.assertEqual(study.time(2e-9), "0.002 us")
        self.assertEqual(study.size(999), "0.999 kB")
        self.assertEqual(study.size(2.5e9), "2.50 GB")
        self.assertEqual(study.time(None), "–")

    def test_rounding_never_shows_a_fourth_digit(self):
        self.assertEqual(study.digits(0.9994), "0.999")
        self.assertEqual(study.digits(0.9996), "1.00")
        self.assertEqual(study.digits(9.994), "9.99")
        self.assertEqual(study.digits(9.996), "10.0")
        self.assertEqual(study.digits(99.96), "100")
        self.assertEqual(study.digits(12345.6), "12,346")
        self.assertEqual(study.digits(0), "0")

    def test_a_table_has_its_words_on_the_left_and_figures_on_the_right(self):
        self.assertEqual(study.table(("a", "b"), [("x", 1)]), "| a | b |\n| --- | ---: |\n| x | 1 |\n")


class Verdicts(unittest.TestCase):
    def test_a_figure_is_inside_the_narrow_the_wide_or_no_interval(self):
        # 80 %: 2 ms / and x 1.0842; 95 %: / and x 1.1318
        uncertain = case(latency_deviation="0.0631")
        self.assertEqual(study.verdict(0.0021, uncertain), "yes")
        self.assertEqual(study.verdict(0.0022, uncertain), "barely (95 %)")
        self.assertEqual(study.verdict(0.0030, uncertain), "no: 1.50× ours")
        self.assertEqual(study.verdict(0.0010, uncertain), "no: 2.00× faster")
        self.assertEqual(study.verdict(None, uncertain), "–")

    def test_two_figures_agree_up_to_the_share_that_is_allowed(self):
        self.assertEqual(study.close(105, 100, 0.05), "yes")
        self.assertEqual(study.close(106, 100, 0.05), "no: 1.06× ours")
        self.assertEqual(study.close(None, 100, 0.05), "–")


class Rows(unittest.TestCase):
    def test_cells_are_numbers_words_truths_or_nothing(self):
        row = case(network="a", fits="true", accuracy="", size_bytes="12")
        self.assertEqual((row["network"], row["fits"], row["accuracy"], row["size_bytes"]), ("a", True, None, 12))

    def test_a_case_is_found_by_its_axes_dots_and_all(self):
        cases = [case(**{"network": "a", "run.batch": "1"}), case(**{"network": "a", "run.batch": "2"})]
        self.assertIs(study.one(cases, network="a", run__batch=2), cases[1])
        self.assertIsNone(study.one(cases, network="b"))
        with self.assertRaises(AssertionError):
            study.one(cases, network="a")


class Folders(unittest.TestCase):
    def test_every_figure_of_a_report_has_a_known_unit_and_the_place_where_it_stands(self):
        reports = sorted(STUDIES.glob("*/report.csv"))
        self.assertEqual(len(reports), 5)
        for path in reports:
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    with self.subTest(study=path.parent.name, key=row["key"]):
                        self.assertTrue(study.Figure(row).where)

    def test_every_function_of_a_page_that_makes_a_table_stands_in_it(self):
        for folder in sorted(STUDIES.glob("*/")):
            if not (folder / "README.md").exists():
                continue
            text = (folder / "README.md").read_text(encoding="utf-8")
            shown = {found["name"] for found in make_pages.TABLE.finditer(text)}
            tables = {name for name, value in vars(make_pages.tables_of(folder)).items()
                      if callable(value) and getattr(value, "__module__", "") == "page" and not name.startswith("_")}
            self.assertEqual(shown, tables, folder.name)


if __name__ == "__main__":
    unittest.main()
