"""solve, explain and compare, as people use them.

    tests/app/whatif_test.py build/dev/roofbeam
"""
import csv
import io
import json
import subprocess
import sys
import unittest
from pathlib import Path

from program import InFolder, ROOT

NETWORKS = ROOT / "networks"
PROGRAM = ""
NET = "NETWORKS/mobilenet_v2_0.35_128.onnx"


class WhatIf(InFolder):
    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *[a.replace("NETWORKS", str(NETWORKS)) for a in arguments]],
                              cwd=self.folder, capture_output=True)

    def good(self, *arguments):
        result = self.run_program(*arguments)
        self.assertEqual((result.returncode, result.stderr.decode()), (0, ""))
        return result.stdout.decode()

    def latency(self, *arguments):
        text = self.good("predict", NET, "-p", "cortex-a78", "--format", "json", *arguments)
        return json.loads(text)["predictions"][0]["latency_s"]

    # --- solve ---

    def solved(self, question, vary, *more):
        return json.loads(self.good("solve", question, NET, "-p", "cortex-a78", "--vary", vary,
                                    "--format", "json", *more))

    def test_what_solve_answers_predict_confirms_on_both_sides(self):
        limit = self.latency("--set", "memory.DRAM.bandwidth=2.5 GB/s")
        found = self.solved(f"latency <= {limit} s", "memory.DRAM.bandwidth", "--digits", "3")
        self.assertEqual(found["found"], "smallest")
        met, missed = found["answer"]["value"], found["beside"]["value"]
        self.assertEqual(met, "2.5 GB/s")
        self.assertLessEqual(self.latency("--set", f"memory.DRAM.bandwidth={met}"), limit)
        self.assertGreater(self.latency("--set", f"memory.DRAM.bandwidth={missed}"), limit)

    def test_solve_says_what_bounds_where_nothing_helps(self):
        best = self.latency("--set", "memory.DRAM.bandwidth=51200 GB/s")
        text = self.good("solve", f"latency <= {best / 2} s", NET, "--on", "cortex-a78", "--vary",
                         "memory.DRAM.bandwidth")
        text = " ".join(text.split())
        self.assertIn("No value on this axis meets it: even at 51200 GB/s the latency is", text)
        self.assertIn("100 % off; there dispatch bounds", text)
        self.assertIn("The axis stops paying at", text)

    def test_solve_finds_the_largest_batch_and_the_best_word(self):
        found = self.solved("memory <= 16 MiB", "run.batch")
        self.assertEqual(found["found"], "largest")
        self.assertLessEqual(found["answer"]["memory_bytes"], 16 * 1024 * 1024)
        self.assertGreater(found["beside"]["memory_bytes"], 16 * 1024 * 1024)
        words = self.solved("latency <= 1 s", "run.precision=fp32,int8", "--minimise", "energy")
        self.assertEqual((words["found"], words["answer"]["value"]), ("best", "int8"))

    def test_solve_csv_has_a_line_a_value(self):
        rows = list(csv.DictReader(io.StringIO(self.good(
            "solve", "fits", NET, "-p", "cortex-a78", "--vary", "run.threads", "--format", "csv"))))
        self.assertEqual([row["value"] for row in rows], ["1", "2", "3"])
        self.assertEqual({row["fits"] for row in rows}, {"true"})

    # --- explain ---

    def test_explain_ranks_numbers_and_accounts_for_all_of_the_time(self):
        found = json.loads(self.good("explain", NET, "-p", "cortex-a78", "--format", "json"))
        self.assertAlmostEqual(found["time_elasticity_sum"], 1, places=2)
        self.assertEqual(found["latency_s"], self.latency())
        paths = [number["path"] for number in found["numbers"]]
        self.assertIn("platform.engines.cpu.clock", paths[:6])
        for number in found["numbers"][:5]:
            for shift in filter(None, (number["less"], number["more"])):
                path, value = number["path"], shift["value"]
                changed = self.latency("--set", f"{path}={value}")
                self.assertAlmostEqual(changed / found["latency_s"] - 1, shift["latency_change"], places=9)

    def test_explain_reads_well(self):
        text = self.good("explain", NET, "-p", "cortex-a78")
        for words in ("What bounds it", "Layers that take the most time", "Numbers that matter most"):
            self.assertIn(words, text)
        self.assertTrue(self.good("explain", NET, "--format", "markdown").count("| --- |") >= 2)

    # --- compare ---

    def stored(self, name, *arguments):
        self.good("predict", NET, "--format", "json", "-o", name, *arguments)
        return name

    def test_compare_reads_what_predict_wrote(self):
        a = self.stored("a.json", "-p", "cortex-a78")
        b = self.stored("b.json", "-p", "cortex-a78", "--precision", "int8")
        found = json.loads(self.good("compare", a, b, "--format", "json"))["comparisons"][0]
        direct = json.loads(self.good("compare", NET, "-p", "cortex-a78", "--b-precision", "int8",
                                      "--format", "json"))["comparisons"][0]
        self.assertEqual(found["a"], direct["a"])
        self.assertEqual(found["b"], direct["b"])
        self.assertAlmostEqual(found["latency"]["deviation"], direct["latency"]["deviation"], places=9)

    def test_differences_by_layer_and_part_sum_to_the_whole(self):
        found = json.loads(self.good("compare", NET, "NETWORKS/mobilenet_v2_0.5_128.onnx", "-p", "cortex-a78",
                                     "--format", "json"))["comparisons"][0]
        whole = found["b"]["latency_s"] - found["a"]["latency_s"]
        by_layer = sum(sum(layer["difference_by_part_s"].values()) for layer in found["layers"])
        by_part = sum(found["b_by_part_s"].values()) - sum(found["a_by_part_s"].values())
        self.assertAlmostEqual(by_layer / whole, 1, places=9)
        self.assertAlmostEqual(by_part / whole, 1, places=9)

    def test_fail_on_is_an_exit_status_of_its_own(self):
        a = self.stored("base.json", "-p", "cortex-a78")
        slower = self.run_program("compare", a, "NETWORKS/mobilenet_v2_0.5_128.onnx", "--fail-on",
                                  "latency > +5 %", "--fail-on", "memory > 1 GB")
        self.assertEqual(slower.returncode, 3)
        self.assertRegex(slower.stderr.decode(), r"^roofbeam: failed: latency > \+5 %: it went from .*\n$")
        self.assertIn("Failed", slower.stdout.decode())
        same = self.run_program("compare", a, NET, "--fail-on", "latency > +0 %")
        self.assertEqual((same.returncode, same.stderr), (0, b""))

    def test_several_forecasts_of_a_file_are_matched_by_their_run(self):
        both = self.stored("both.json", "-p", "cortex-a78,apple-m1")
        one = self.stored("one.json", "-p", "apple-m1")
        result = self.run_program("compare", both, one, "--format", "json")
        self.assertEqual(result.stderr.decode(), "roofbeam: note: B has no forecast on cortex-a78/cpu with xnnpack at fp32\n")
        self.assertEqual([c["a"]["platform"] for c in json.loads(result.stdout)["comparisons"]], ["apple-m1"])

    def test_two_platforms_and_two_runtimes(self):
        text = self.good("compare", NET, "-p", "raspberry-pi-5", "--against", "cortex-a78", "--runtime", "ncnn")
        self.assertIn("Two platforms, one runtime: a fifth of the errors", text)
        text = self.good("compare", NET, "-p", "cortex-a78", "--b-runtime", "ncnn")
        self.assertIn("Two runtimes: nothing cancels", text)

    # --- pipelines ---

    def test_sweep_says_what_each_stage_is_worth(self):
        scenario = str(ROOT / "scenarios" / "examples" / "compress-mobilenet.yaml")
        pipeline = json.loads(self.good("sweep", scenario, "--format", "json"))["pipelines"][0]
        stages = pipeline["stages"]
        self.assertEqual([stage["stage"] for stage in stages], ["start", "narrow", "quantize", "ncnn"])
        for metric in ("latency", "size", "energy"):
            self.assertAlmostEqual(sum(stage["part"][metric] for stage in stages[1:]), 1, places=9)
        last = self.good("predict", "NETWORKS/mobilenet_v2_0.75_160.onnx", "-p", "cortex-a78", "--runtime", "ncnn",
                         "--precision", "int8", "--format", "json")
        self.assertAlmostEqual(stages[-1]["figures"]["latency_s"],
                               json.loads(last)["predictions"][0]["latency_s"], places=12)
        self.assertEqual([check["requirement"] for check in pipeline["checks"]],
                         ["latency <= 3 ms", "size <= 4 MiB", "accuracy >= 65 %", "fits"])
        text = self.good("sweep", scenario)
        for words in ("Pipeline of baseline, cortex-a78", "part of the whole change", "After the last stage:"):
            self.assertIn(words, text)

    def test_a_resolution_can_be_solved_for(self):
        limit = self.latency("--rewrite", "resolution=96")
        found = self.solved(f"latency <= {limit} s", "network.resolution=64,96,128,160")
        self.assertEqual([point["meets"] for point in found["scan"]], [True, True, False, False])
        half = json.loads(self.good("compare", NET, "-p", "cortex-a78", "--b-rewrite", "resolution=96",
                                    "--format", "json"))["comparisons"][0]
        self.assertEqual(half["b"]["latency_s"], limit)

    # --- all ---

    def test_the_same_question_has_the_same_bytes(self):
        for arguments in (("solve", "latency <= 1 ms", NET, "--vary", "memory.DRAM.bandwidth"),
                          ("explain", NET), ("compare", NET, "--b-precision", "int8")):
            for how in ("table", "json"):
                self.assertEqual(self.good(*arguments, "--format", how), self.good(*arguments, "--format", how))

    def test_wrong_input_is_told_precisely(self):
        (self.folder / "other.json").write_text('{"schema": "roofbeam.scale/1"}')
        solve = ("solve", "latency <= 1 ms", NET, "--vary")
        for arguments, status, message in [
                ((*solve, "memory.DRM.bandwidth"), 1,
                 "roofbeam: error: --vary platform.memory.DRM.bandwidth: no number is stated there; write a"
                 " range, PATH=FROM..TO, or a list\n"),
                ((*solve, "memory.DRM.bandwidth=1 GB/s..2 GB/s"), 1, "there is no 'DRM'"),
                (("solve", "latncy <= 1 ms", NET, "--vary", "run.batch"), 1, "did you mean 'latency'?"),
                ((*solve, "run.batch", "--sure", "100"), 1,
                 "roofbeam: error: --sure 100: write a percentage within 0 and 100\n"),
                ((*solve, "run.batch", "--smallest", "--largest"), 2, "--smallest"),
                (("solve", "latency <= 1 ms", NET), 2, "roofbeam: error: --vary is required\n"),
                (("explain", NET, "-p", "cortex-a87"), 1, "did you mean 'cortex-a78'?"),
                (("compare", "other.json", NET), 1,
                 "other.json: error: its schema is not roofbeam.predict/1: write it with roofbeam predict"
                 " --format json\n"),
                (("compare", "missing.json", NET), 1, "missing.json"),
                (("compare", NET, "--fail-on", "latency > 5 %"), 1,
                 "roofbeam: error: --fail-on 'latency > 5 %': a share needs a sign: +5 % or -5 %\n")]:
            with self.subTest(arguments):
                result = self.run_program(*arguments)
                self.assertEqual((result.returncode, result.stdout), (status, b""))
                self.assertIn(message, result.stderr.decode())


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
