#!/usr/bin/env python3
"""Charts as gnuplot draws them: they exist, and axes, series and names are in the picture.

    tests/app/plot_test.py PROGRAM

Without gnuplot the messages are tested, and the rest says that it is skipped.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = ROOT / "networks" / "mobilenet_v2_1.0_224.onnx"
PROGRAM = ""
CASES = """case,network,latency_s,accuracy,energy_j,memory_bytes
0,small,0.001,0.6,0.004,1000000
1,good,0.002,0.8,0.002,2000000
2,slow,0.003,0.7,0.001,3000000
"""


def words_of(svg):
    """The texts of a picture, in its order."""
    return [re.sub(r"<[^>]*>", "", text).strip() for text in re.findall(r"<text.*?</text>", svg, re.S)]


class Plots(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "cases.csv").write_text(CASES)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def run_program(self, *arguments, path=None):
        environment = dict(os.environ, **({"PATH": path} if path is not None else {}))
        return subprocess.run([PROGRAM, "plot", *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.folder, env=environment)

    def drawn(self, *arguments):
        if shutil.which("gnuplot") is None:
            self.skipTest("gnuplot is not installed")
        result = self.run_program(*arguments, "-o", "x.svg")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["cases.csv", "x.svg"])
        return words_of((self.folder / "x.svg").read_text())

    def assertWords(self, words, expected):
        for word in expected:
            self.assertIn(word, words)

    def test_the_roofline_has_its_roofs_and_axes(self):
        self.assertWords(self.drawn("roofline", MODEL, "-p", "cortex-a78"),
                         ["multiply-adds a byte of memory (MAC/B)", "multiply-adds a second (GMAC/s)",
                          "ridge point", "bound by compute", "fp32 58.1 GMAC/s", "DRAM 34.3 GB/s"])

    def test_layers_have_names_in_the_order_of_their_cost(self):
        words = self.drawn("layers", MODEL, "-p", "cortex-m7", "--top", "3")
        self.assertWords(words, ["latency (s), with its 80 % interval", "head", "61 others"])
        self.assertLess(words.index("stage2/block1/expand"), words.index("head"))

    def test_memory_has_the_arena_and_what_is_alive(self):
        self.assertWords(self.drawn("memory", MODEL, "-p", "cortex-m7"),
                         ["place in the arena (MiB)", "kernel call", "alive at the peak", "arena"])

    def test_a_frontier_is_numbered_and_explained(self):
        words = self.drawn("pareto", "cases.csv")
        self.assertWords(words, ["latency (ms)", "accuracy (%)", "frontier, 80 % interval"])
        self.assertTrue(any(word.endswith("small") for word in words))
        self.assertFalse(any(word.endswith("slow") for word in words))

    def test_a_scenario_is_drawn_without_a_table_of_its_cases(self):
        words = self.drawn("pareto", ROOT / "scenarios/examples/ship-mobilenet.yaml")
        self.assertWords(words, ["Which MobileNetV2 ships: min latency and max accuracy", "accuracy (%)", "infeasible"])

    def test_a_radar_states_its_ranges(self):
        self.assertWords(self.drawn("radar", "cases.csv", "--case", "0,1"),
                         ["latency", "2.00 ms to 1.00 ms", "60.00 % to 80.00 %", "small", "good"])

    def test_validation_has_its_bands(self):
        self.assertWords(self.drawn("validation", ROOT / "scenarios/measurements/mlperf_tiny_energy.csv", "--networks",
                                    ROOT / "networks"),
                         ["measured latency", "forecast latency", "100 ms", "10 %", "20 %"])

    def test_pdf_and_png_are_what_they_say(self):
        if shutil.which("gnuplot") is None:
            self.skipTest("gnuplot is not installed")
        for name, magic in (("x.pdf", b"%PDF"), ("x.png", b"\x89PNG")):
            self.assertEqual(self.run_program("pareto", "cases.csv", "-o", name).returncode, 0)
            self.assertTrue((self.folder / name).read_bytes().startswith(magic))

    def test_what_is_kept_draws_the_same_picture(self):
        if shutil.which("gnuplot") is None:
            self.skipTest("gnuplot is not installed")
        self.assertEqual(self.run_program("pareto", "cases.csv", "-o", "x.svg", "--keep").returncode, 0)
        picture = (self.folder / "x.svg").read_bytes()
        (self.folder / "x.svg").unlink()
        subprocess.run(["gnuplot", "x.gp"], cwd=self.folder, check=True)
        self.assertEqual((self.folder / "x.svg").read_bytes(), picture)

    def test_without_gnuplot_the_message_says_how_to_get_it_and_what_is_kept_is_there(self):
        result = self.run_program("pareto", "cases.csv", "-o", "x.svg", "--keep", path="/nowhere")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr, "roofbeam: error: gnuplot is not installed: charts are drawn by it (Debian and"
                         " Ubuntu: apt-get install gnuplot-nox); --keep writes its script and tables without it\n")
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()),
                         ["cases.csv", "x.feasible.dat", "x.frontier.dat", "x.gp"])

    def test_wrong_wishes_are_told(self):
        for arguments, message in [
                (("pareto", "cases.csv", "-o", "x.jpg"),
                 "'x.jpg' must end in .svg, .pdf or .png: that says the format"),
                (("pareto", "cases.csv", "-o", "x.svg", "--objectives", "latency"),
                 "--objectives 'latency': a chart has two, across and up, such as \"min latency, max accuracy\""),
                (("radar", "cases.csv", "-o", "x.svg", "--case", "9"),
                 "--case 9: the table has no case of this index")]:
            result = self.run_program(*arguments)
            self.assertEqual((result.returncode, result.stderr), (1, f"roofbeam: error: {message}\n"))


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
