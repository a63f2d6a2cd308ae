#!/usr/bin/env python3
"""The program as people use it: exit status, all of standard error, what standard output promises.

    tests/app/cli_test.py PROGRAM
"""
import csv
import io
import json
import subprocess
import sys
import unittest
from pathlib import Path

from program import InFolder, ROOT

DATA = ROOT / "tests" / "data"
PROGRAM = ""
HELP = "  'roofbeam{} --help' says what there is\n"
CATALOGUE = "'roofbeam platforms list' names all; a file needs a '/' or the ending .yaml"
MISSING = ("unknown_operators.onnx: {}2 layers are not modelled: com.acme.Twist (2);"
           " 1 layer is not shaped: Sigmoid (1){}\n")

# Arguments -> exit status, all of standard error. Run in a folder with the files of setUp.
WRONG = [
    ("predict none.onnx", 1, "none.onnx: error: cannot be opened: No such file or directory\n"),
    ("predict .", 1, ".: error: is a directory; give the .onnx file inside it\n"),
    ("predict empty.onnx", 1, "empty.onnx: error: is empty; an ONNX model was expected\n"),
    ("predict text.onnx", 1, "text.onnx: error: is not an ONNX model: a protobuf ModelProto was expected,"
     " as written by onnx.save or an exporter\n"),
    ("predict truncated.onnx", 1, "truncated.onnx: error: is truncated: it ends after 100 bytes in the"
     " middle of a field; copy or export it again\n"),
    ("predict symbolic_batch.onnx", 1, "symbolic_batch.onnx: error: has unknown dimensions: 'batch'"
     " (dimension 0 of input 'x'); give it with --dim batch=N\n"),
    ("inspect gemm_relu.onnx --trips loop=3", 1,
     "gemm_relu.onnx: error: --trips loop=3: there is no loop 'loop'; the network has none\n"),
    ("inspect gemm_relu.onnx --trips loop=0", 1,
     "roofbeam: error: --trips loop=0: '0' is not a whole number from 1 on\n"),
    ("predict gemm_relu.onnx -p aple-m1", 1,
     f"roofbeam: error: unknown platform 'aple-m1': did you mean 'apple-m1'? {CATALOGUE}\n"),
    ("predict gemm_relu.onnx --precision in8", 1, "roofbeam: error: unknown precision 'in8', there are"
     " fp32, fp16, bf16, int16, int8, int4; did you mean 'int8'?\n"),
    ("predict gemm_relu.onnx -p cortex-m7 --precision fp16", 1, "roofbeam: error: cortex-m7: precision fp16"
     " is not to be had from runtime 'cmsis-nn' on engine 'cpu'; there are: int8, int16, fp32\n"),
    ("inspect gemm_relu.onnx --rewrite width", 1,
     "roofbeam: error: --rewrite 'width': expected KEY=VALUE, such as --rewrite resolution=160\n"),
    ("inspect gemm_relu.onnx --rewrite bach=2", 1, "--rewrite bach:1:1: error: there is no rewrite 'bach'\n"
     "    2\n    ^\n  did you mean 'batch'?\n"),
    ("predict gemm_relu.onnx --set run.fusion=no", 1,
     "roofbeam: error: --set run.fusion=no: write on or off\n"),
    ("schemas show predictions", 1, "roofbeam: error: there is no schema 'predictions'; there are: audit, compare,"
     " explain, frontier, inspect, operators, platform, platforms, predict, recommend, scale, solve, sweep,"
     " sweep_columns, validate\n"),
    ("predict gemm_relu.onnx --dim rows", 1,
     "roofbeam: error: --dim rows: write NAME=N, such as batch=1\n"),
    ("predict gemm_relu.onnx --dim rows=0", 1,
     "roofbeam: error: --dim rows=0: '0' is not a whole number from 1 on\n"),
    ("predict arithmetic.onnx", 1, "arithmetic.onnx: error: has unknown dimensions: '2*batch+1' (dimension 0"
     " of input 'x'), 'floor(width/2)' (dimension 1 of input 'x'); give them with --dim batch=N --dim width=N\n"),
    ("predict arithmetic.onnx --dim batch=1 --dim width=1", 1, "arithmetic.onnx: error: dimension 1 of input 'x'"
     " is 0; it must be at least 1: give it with --dim width=N\n"),
    ("predict arithmetic.onnx --dim batch=1 --dim with=4", 1, "arithmetic.onnx: error: has unknown dimensions:"
     " 'floor(width/2)' (dimension 1 of input 'x'); give it with --dim width=N\n"),
    ("predict arithmetic.onnx --dim batch=1 --dim width=4 --dim with=4", 1, "arithmetic.onnx: error: --dim"
     " with=4: no input has a dimension 'with'; unknown ones are: batch, width; did you mean 'width'?\n"),
    ("predict loop.onnx --trips loop", 1, "roofbeam: error: --trips loop: write NAME=N, such as batch=1\n"),
    ("predict loop.onnx --trips loop=0", 1,
     "roofbeam: error: --trips loop=0: '0' is not a whole number from 1 on\n"),
    ("predict loop.onnx --trips loop=2 --trips loop=3", 1,
     "roofbeam: error: --trips loop=3: 'loop' is given twice\n"),
    ("predict loop.onnx --trips lop=2", 1, "loop.onnx: error: --trips lop=2: there is no loop 'lop'; there are:"
     " loop; did you mean 'loop'?\n"),
    ("predict gemm_relu.onnx --trips loop=2", 1,
     "gemm_relu.onnx: error: --trips loop=2: there is no loop 'loop'; the network has none\n"),
    ("predict gemm_relu.onnx --batch 0", 1, "roofbeam: error: batch must be at least 1, not 0\n"),
    ("predict gemm_relu.onnx --set run.threads=0", 1,
     "roofbeam: error: --set run.threads=0: '0' is not a whole number from 1 on\n"),
    ("inspect cycle.onnx", 1, "cycle.onnx: error: the network has a cycle through layer 'first' (Add),"
     " layer 'second' (Relu)\n"),
    ("inspect wrong_shape.onnx", 1, "wrong_shape.onnx: error: layer 'gemm' (Gemm): input 0 'x' (1x4) and"
     " input 1 'w' (5x8) do not multiply: 4 columns meet 5 rows; check transA and transB\n"),
    ("predict gemm_relu.onnx --set memory.DRAM", 1, "roofbeam: error: --set memory.DRAM: write PATH=VALUE,"
     " such as memory.DRAM.bandwidth='34 GB/s' or run.batch=4\n"),
    ("predict gemm_relu.onnx --set run.bach=2", 1, "roofbeam: error: --set run.bach=2: a run has no 'bach',"
     " it has batch, threads, precision, fusion; did you mean 'batch'?\n"),
    ("predict gemm_relu.onnx -p cortex-m7 --set memory.SRM.size=1MiB", 1, "roofbeam: error: cortex-m7: --set"
     " memory.SRM.size: there is no 'SRM'; there is: DTCM, L1, SRAM, flash; did you mean 'SRAM'?\n"),
    ("predict gemm_relu.onnx -p cortex-m7 --layers-of x", 1,
     "roofbeam: error: no layers of 'x' to show: the predictions are for cortex-m7\n"),
    ("inspect unknown_operators.onnx --strict", 1, MISSING.format("error: ", " (--strict)")),
    ("predict unknown_operators.onnx --strict", 1, MISSING.format("error: ", " (--strict)")),
    ("predict gemm_relu.onnx -o nowhere/x.json", 1,
     "roofbeam: error: cannot write 'nowhere/x.json': No such file or directory\n"),
    ("predict gemm_relu.onnx --platfrm x", 2,
     "roofbeam: error: there is no option '--platfrm'; did you mean '--platform'?\n" + HELP.format(" predict")),
    ("predict gemm_relu.onnx --foo", 2, "roofbeam: error: there is no option '--foo'\n" + HELP.format(" predict")),
    ("predict", 2, "roofbeam: error: model is required\n" + HELP.format(" predict")),
    ("predict gemm_relu.onnx --format xml", 2,
     "roofbeam: error: --format: xml not in {table,markdown,json,csv,trace}\n" + HELP.format(" predict")),
    ("predct gemm_relu.onnx", 2, "roofbeam: error: there is no command 'predct'; did you mean 'predict'?\n" + HELP.format("")),
    ("plot rooflin gemm_relu.onnx", 2,
     "roofbeam: error: there is no command 'rooflin'; did you mean 'roofline'?\n" + HELP.format(" plot")),
    ("plot", 2, "roofbeam: error: which command? There are: roofline, layers, memory, validation, pareto, radar\n"
     + HELP.format(" plot")),
]


class Cli(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in DATA.glob("*.onnx"):
            (cls.folder / model.name).write_bytes(model.read_bytes())
        (cls.folder / "empty.onnx").write_bytes(b"")
        (cls.folder / "text.onnx").write_text("hello\n")
        (cls.folder / "truncated.onnx").write_bytes((DATA / "gemm_relu.onnx").read_bytes()[:100])

    def run_program(self, arguments):
        return subprocess.run([PROGRAM, *arguments.split()], cwd=self.folder, capture_output=True)

    def good(self, arguments, stderr=""):
        result = self.run_program(arguments)
        self.assertEqual((result.returncode, result.stderr.decode()), (0, stderr))
        return result.stdout.decode()

    def test_wrong_input_is_told_precisely(self):
        for arguments, status, stderr in WRONG:
            with self.subTest(arguments):
                result = self.run_program(arguments)
                self.assertEqual(result.stderr.decode(), stderr)
                self.assertEqual((result.returncode, result.stdout), (status, b""))

    def test_a_full_device_is_an_error(self):
        if not Path("/dev/full").exists():
            self.skipTest("no /dev/full")
        command = f"'{PROGRAM}' platforms list > /dev/full"
        result = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr.decode(), "roofbeam: error: cannot write to standard output:"
                         " No space left on device\n")

    def test_dash_as_output_is_standard_output(self):
        plain = self.good("predict gemm_relu.onnx")
        self.assertEqual(self.good("predict gemm_relu.onnx -o -"), plain)
        self.assertFalse((self.folder / "-").exists())

    def test_predict_json_has_a_prediction_a_platform(self):
        answer = json.loads(self.good("predict gemm_relu.onnx --format json"))
        self.assertEqual(answer["schema"], "roofbeam.predict/1")
        names = [prediction["platform"] for prediction in answer["predictions"]]
        self.assertEqual(names, ["apple-m1", "cortex-a78", "cortex-m7", "xbox-series-s"])
        for prediction in answer["predictions"]:
            self.assertEqual(prediction["macs"], 32)

    def test_platforms_repeat_or_are_separated_by_commas(self):
        answer = json.loads(self.good("predict -p apple-m1,cortex-a78 -p cortex-m7 gemm_relu.onnx --format json"))
        self.assertEqual([p["platform"] for p in answer["predictions"]], ["apple-m1", "cortex-a78", "cortex-m7"])

    def test_inspect_json_has_the_totals(self):
        answer = json.loads(self.good("inspect gemm_relu.onnx --format json"))
        self.assertEqual(answer["totals"], {"layers": 2, "macs": 32, "parameters": 32, "weights_bytes": 128,
                                            "flops": 64.0})

    def test_a_network_is_rewritten_before_anybody_looks(self):
        answer = json.loads(self.good("inspect gemm_relu.onnx --rewrite batch=3 --format json"))
        self.assertEqual(answer["totals"]["macs"], 96)
        self.assertEqual(answer["totals"]["parameters"], 32)
        answer = json.loads(self.good("predict gemm_relu.onnx -p apple-m1 --rewrite batch=3 --format json"))
        self.assertEqual(answer["predictions"][0]["macs"], 96)

    def test_schemas_are_listed_and_shown(self):
        self.assertEqual(self.good("schemas"), self.good("schemas list"))
        shown = self.good("schemas show predict")
        self.assertEqual(json.loads(shown)["$id"], "urn:roofbeam:schema:predict:1")
        self.assertTrue(shown.endswith("}\n"))

    def test_rewrites_are_listed(self):
        listed = self.good("rewrites")
        for key in "batch classes fusion precision prune resolution sequence sparsity width".split():
            self.assertIn(f"\n  {key}=", listed)

    def test_without_fusion_layers_are_calls(self):
        fused = json.loads(self.good("predict gemm_relu.onnx -p apple-m1 --format json"))
        apart = json.loads(self.good("predict gemm_relu.onnx -p apple-m1 --set run.fusion=off --format json"))
        self.assertEqual(len(fused["predictions"][0]["layers"]), 1)
        self.assertEqual(len(apart["predictions"][0]["layers"]), 2)

    def test_operators_are_listed(self):
        rows = json.loads(self.good("operators --domain ai.onnx.ml --format json"))["operators"]
        self.assertEqual({row["domain"] for row in rows}, {"ai.onnx.ml"})
        self.assertIn("\n## ai.onnx.ml\n", self.good("operators --format markdown"))
        self.assertRegex(self.good("operators"), r"\nai.onnx +Reshape +free +Free")

    def test_csv_has_a_row_per_layer(self):
        rows = list(csv.DictReader(io.StringIO(self.good("inspect gemm_relu.onnx --format csv"))))
        self.assertEqual([row["layer"] for row in rows], ["gemm", "relu"])

    def test_the_same_input_gives_the_same_bytes(self):
        for form in ["table", "json", "csv"]:
            arguments = f"predict gemm_relu.onnx --format {form}"
            self.assertEqual(self.good(arguments), self.good(arguments))

    def test_unknown_operators_are_a_warning(self):
        warning = "roofbeam: warning: " + MISSING.format("", "; no figure holds them")
        self.good("inspect unknown_operators.onnx", warning)

    def test_inspect_keeps_a_dimension_without_a_value_and_says_how_to_give_it(self):
        warning = ("roofbeam: warning: symbolic_batch.onnx: 1 layer is not shaped: Relu (1);"
                   " no figure holds them\n")
        text = self.good("inspect symbolic_batch.onnx", warning)
        self.assertIn("unknown (batch x 4)", text)
        self.assertIn("give it with --dim batch=N", " ".join(text.split()))

    def test_a_symbolic_dimension_takes_its_value(self):
        answer = json.loads(self.good("inspect symbolic_batch.onnx --dim batch=3 --format json"))
        self.assertEqual(answer["inputs"][0]["shape"], [3, 4])

    def test_arithmetic_on_dimensions_takes_the_values_of_its_names(self):
        answer = json.loads(self.good("inspect arithmetic.onnx --dim batch=3 --dim width=9 --format json"))
        self.assertEqual(answer["inputs"][0]["shape"], [7, 4])

    def test_inspect_shows_arithmetic_on_dimensions_as_it_is(self):
        warning = ("roofbeam: warning: arithmetic.onnx: 1 layer is not shaped: Relu (1);"
                   " no figure holds them\n")
        text = self.good("inspect arithmetic.onnx", warning)
        self.assertIn("unknown (2*batch+1 x floor(width/2))", text)

    def test_a_loop_runs_as_often_as_trips_say(self):
        answer = json.loads(self.good("inspect loop.onnx --trips loop=5 --format json"))
        self.assertEqual([(layer["op"], layer["repeat"]) for layer in answer["layers"]],
                         [("Relu", 5), ("Identity", 5)])
        self.assertEqual(answer["assumptions"], [])

    def test_a_loop_without_trips_runs_once_and_says_so(self):
        answer = json.loads(self.good("inspect loop.onnx --format json"))
        self.assertEqual(answer["layers"][0]["repeat"], 1)
        self.assertEqual(answer["assumptions"], ["layer 'loop' (Loop): how often it runs depends on data; one run is"
                                                 " counted, --trips loop=N counts N"])

    def test_what_one_of_several_platforms_cannot_do_is_a_note(self):
        note = ("roofbeam: note: cortex-m7: precision fp16 is not to be had from runtime 'cmsis-nn' on engine"
                " 'cpu'; there are: int8, int16, fp32\n")
        out = self.good("predict gemm_relu.onnx -p cortex-a78,cortex-m7 --precision fp16 --format json", note)
        self.assertEqual(len(json.loads(out)["predictions"]), 1)

    def test_a_setting_for_one_of_several_platforms_is_a_note(self):
        note = ("roofbeam: note: cortex-m7: --set memory.P-L2.size: there is no 'P-L2'; there is:"
                " DTCM, L1, SRAM, flash\n")
        self.good("predict gemm_relu.onnx -p apple-m1,cortex-m7 --set memory.P-L2.size=1MiB", note)

    def test_run_settings_are_options(self):
        by_option = self.good("predict gemm_relu.onnx -p apple-m1 --batch 2 --threads 1 --precision int8")
        by_setting = self.good("predict gemm_relu.onnx -p apple-m1 --set run.batch=2 --set run.threads=1"
                               " --set run.precision=int8")
        self.assertEqual(by_option, by_setting)

    def test_output_goes_to_a_file_and_nothing_else_is_left(self):
        before = set(self.folder.iterdir())
        expected = self.good("predict gemm_relu.onnx --format json")
        self.assertEqual(self.good("predict gemm_relu.onnx --format json -o out.json"), "")
        self.assertEqual((self.folder / "out.json").read_text(), expected)
        self.assertEqual(set(self.folder.iterdir()) - before, {self.folder / "out.json"})

    def test_an_annotated_model_forecasts_as_the_one_it_is_of(self):
        note = "roofbeam: note: out.onnx: notes on 2 nodes\n"
        expected = self.good("predict gemm_relu.onnx -p apple-m1 --annotate out.onnx", note)
        self.assertIn(b"roofbeam.apple-m1.latency", (self.folder / "out.onnx").read_bytes())
        self.assertEqual(self.good("predict out.onnx -p apple-m1"), expected)

    def test_a_trace_covers_the_latency(self):
        prediction = json.loads(self.good("predict gemm_relu.onnx -p apple-m1 --format json"))["predictions"][0]
        events = json.loads(self.good("predict gemm_relu.onnx -p apple-m1 --format trace"))["traceEvents"]
        spent = sum(event["dur"] for event in events if event["ph"] == "X" and event["tid"] == 1)
        self.assertAlmostEqual(spent * 1e-6, prediction["latency_s"])

    def test_a_closed_pipe_is_quiet(self):
        command = f"set -o pipefail; '{PROGRAM}' platforms show apple-m1 --yaml | true"
        result = subprocess.run(["bash", "-c", command], capture_output=True)
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_help_and_version_end_well(self):
        self.assertRegex(self.good("--version"), r"^roofbeam \d+\.\d+\.\d+\n$")
        for command in ["", "predict ", "inspect ", "operators ", "platforms ", "platforms show ", "runtimes "]:
            self.assertIn("--help", self.good(command + "--help"))

    def test_every_platform_and_runtime_shows(self):
        for name in [p["name"] for p in json.loads(self.good("platforms list --format json"))["platforms"]]:
            self.assertIn(name, self.good(f"platforms show {name}"))
            self.assertEqual(json.loads(self.good(f"platforms show {name} --format json"))["name"], name)
        for line in self.good("runtimes list").splitlines()[1:]:
            if line.startswith(" "):  # a title that goes on
                continue
            self.assertIn("Kernels", self.good("runtimes show " + line.split()[0]))

    def test_a_descriptor_is_checked(self):
        (self.folder / "board.yaml").write_text(self.good("platforms show cortex-m7 --yaml"))
        self.assertEqual(self.good("platforms check board.yaml"),
                         "board.yaml: platform 'cortex-m7' is well-formed\n")


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop()).resolve())
    unittest.main()
