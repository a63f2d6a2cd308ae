"""How text looks: colours only where a terminal wants them, and no line wider than it is.

    tests/app/terminal_test.py build/dev/roofbeam
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
import unittest
from pathlib import Path

from program import InFolder, ROOT, environment

PROGRAM = ""
NETWORKS = ROOT / "networks"
NET = f"{NETWORKS}/mobilenet_v2_0.35_128.onnx"
SMALL = f"{NETWORKS}/resnet8_mlperftiny.onnx"
PREDICT = ["predict", f"{NETWORKS}/mobilenet_v2_1.0_224.onnx", "-p", "cortex-m7"]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
BAD = "\x1b[1;31m{}\x1b[0m"
BOLD = "\x1b[1m{}\x1b[0m"
MEASURED = """network,platform,runtime,threads,precision,latency_ms
mobilenet_v1_1.0_224,raspberry-pi-4,ncnn,1,fp32,171
mobilenet_v2_1.0_224,raspberry-pi-4,ncnn,1,fp32,122
resnet18,raspberry-pi-4,ncnn,4,fp32,137
somebody_elses_network_of_which_nothing_is_known,raspberry-pi-4,ncnn,4,fp32,137
"""
CLAIMS = """claims: claims
networks: {a-network-with-a-long-name: {flops: 612.75 M}}
measured: [{network: a-network-with-a-long-name, latency: 3.5 ms}]
machines: {machine: {compute: 50 GFLOP/s}}
changes: [{what: it, before: 128 ms, after: 76 ms, stated: 33 %}]
fits: [{what: all of it, needs: 0.53 MB, in: 512 KB}]
"""
CASES = ["sweep", f"{ROOT}/scenarios/examples/ship-mobilenet.yaml"]
SHIP = CASES[1]
TEXTS = [
    ["predict", f"{NETWORKS}/mobilenet_v2_1.0_224.onnx", "--utilisation"],
    ["predict", SMALL, "-p", "cortex-m7", "--top", "30"],
    ["inspect", NET],
    ["inspect", "unknown.onnx"],
    ["validate", "measured.csv", "--networks", str(NETWORKS)],
    ["scale", "measured.csv", "--networks", str(NETWORKS), "--to", "raspberry-pi-5"],
    ["calibrate", "measured.csv", "--networks", str(NETWORKS), "-o", "overlay.yaml"],
    ["compare", NET, "-p", "cortex-a78", "--b-rewrite", "width=0.75"],
    ["compare", NET, "-p", "cortex-a78", "--against", "raspberry-pi-4"],
    ["explain", NET, "-p", "cortex-a78"],
    ["explain", SMALL, "-p", "cortex-m7"],
    ["solve", "latency <= 33 ms, energy <= 1 J", NET, "-p", "cortex-a78", "--vary", "memory.DRAM.bandwidth"],
    ["solve", "fits", NET, "-p", "cortex-m7", "--vary", "memory.SRAM.size"],
    ["recommend", SHIP],
    ["recommend", SHIP, "--each", "platform"],
    ["frontier", "cases.csv", "--objectives", "min latency_s, min energy_j, max accuracy", "--row", "2"],
    ["audit", "claims.yaml", "--all"],
    ["audit", "--checks"],
    ["platforms", "list"],
    ["platforms", "cores"],
    ["platforms", "show", "apple-m1"],
    ["platforms", "show", "cortex-m7"],
    ["runtimes", "list"],
    ["runtimes", "show", "ncnn"],
    ["operators"],
    ["rewrites"],
]
FIGURE = re.compile(r"\d[\d.,]* (?:%|[numk]?[sJW]|[KMG]i?B|[kMG]?Hz)(?![\w/])")  # "5.74 MiB"


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def without_picture(text):
    """Drawings of platforms stand as they are, between lines of words."""
    return [line for line in text.splitlines() if not re.match(r" {8}|.*(\||--)", line)]


class OnTerminal(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "measured.csv").write_text(MEASURED)
        (cls.folder / "claims.yaml").write_text(CLAIMS)
        (cls.folder / "unknown.onnx").write_bytes((ROOT / "tests/data/unknown_operators.onnx").read_bytes())
        (cls.folder / "wrong.yaml").write_text("platform: x\ntitel: y\n")
        cls.piped([*CASES, "--keep-all", "--format", "csv", "-o", "cases.csv"])

    @classmethod
    def piped(cls, arguments, **changes):
        return subprocess.run([PROGRAM, *arguments], cwd=cls.folder, capture_output=True, encoding="utf-8",
                              env=environment(**changes))

    def on_terminal(self, arguments, width=80, stream="stdout", **changes):
        """What a terminal of this width gets of a stream; the other one is a pipe."""
        outside, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: inside}
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, **streams,
                                   env=environment(**{"TERM": "xterm", **changes}))
        os.close(inside)
        text = b""
        while True:
            try:
                part = os.read(outside, 65536)
            except OSError:  # what Linux says when the last writer is gone
                break
            if not part:
                break
            text += part
        os.close(outside)
        process.wait()
        return text.decode("utf-8").replace("\r\n", "\n")

    def test_a_terminal_has_colours(self):
        text = self.on_terminal(PREDICT)
        self.assertIn(BAD.format("Does not fit:"), text)
        self.assertIn(BOLD.format("platform"), text)
        self.assertEqual(ESCAPE.sub("", text), self.piped(PREDICT, COLUMNS="80").stdout)

    def test_pipes_files_and_markdown_have_none(self):
        self.assertNotIn("\x1b", self.piped(PREDICT).stdout)
        self.assertNotIn("\x1b", self.on_terminal([*PREDICT, "--format", "markdown"]))
        self.on_terminal([*PREDICT, "-o", "out.txt"])
        self.assertEqual((self.folder / "out.txt").read_text(encoding="utf-8"), self.piped(PREDICT).stdout)

    def test_who_wants_no_colours_gets_none(self):
        for changes in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"OMPI_COMM_WORLD_SIZE": "4"}):
            self.assertNotIn("\x1b", self.on_terminal(PREDICT, **changes), changes)
        self.assertNotIn("\x1b", self.on_terminal([*PREDICT, "--color", "never"]))
        self.assertIn("\x1b", self.on_terminal(PREDICT, NO_COLOR=""))  # empty is as if it were not set

    def test_color_always_is_stronger_than_the_environment(self):
        self.assertIn("\x1b", self.piped([*PREDICT, "--color", "always"], NO_COLOR="1").stdout)
        result = self.piped([*PREDICT, "--color", "sometimes"])
        self.assertEqual((result.returncode, result.stderr), (2, "roofbeam: error: --color: sometimes not in"
                         " {auto,always,never}\n  'roofbeam predict --help' says what there is\n"))

    def test_errors_have_colours_where_standard_error_is_a_terminal(self):
        check = ["platforms", "check", "wrong.yaml"]
        text = self.on_terminal(check, stream="stderr")
        self.assertTrue(text.startswith(BOLD.format("wrong.yaml:1:1:") + " " + BAD.format("error:")), repr(text))
        self.assertIn("\n" + BAD.format("    ^") + "\n", text)
        self.assertEqual(ESCAPE.sub("", text), self.piped(check).stderr)
        self.assertNotIn("\x1b", self.on_terminal(check, stream="stderr", NO_COLOR="1"))
        wrong_usage = self.on_terminal(["predict", "--foo"], stream="stderr")
        self.assertTrue(wrong_usage.startswith(BOLD.format("roofbeam:") + " " + BAD.format("error:")))

    def test_names_cannot_drive_the_terminal(self):
        (self.folder / "claims_x.yaml").write_text('claims: "\\e[31mred"\nchanges: []\n')
        result = self.piped(["audit", "claims_x.yaml"])
        self.assertEqual((result.returncode, result.stdout), (0, "?[31mred, 0 checks\n"))

    def test_the_width_is_the_terminals_or_what_columns_says(self):
        at_60 = self.piped(["rewrites"], COLUMNS="60").stdout
        self.assertEqual(self.on_terminal(["rewrites", "--color", "never"], width=60), at_60)
        self.assertEqual(self.on_terminal(["rewrites", "--color", "never"], width=150, COLUMNS="60"), at_60)
        self.assertEqual(self.piped(["rewrites"]).stdout, self.piped(["rewrites"], COLUMNS="100").stdout)
        self.assertEqual(self.piped(["rewrites"], COLUMNS="wide").stdout, self.piped(["rewrites"]).stdout)
        self.assertEqual(self.piped(["rewrites"], COLUMNS="39").stdout, self.piped(["rewrites"], COLUMNS="40").stdout)

    def text(self, arguments, width):
        result = self.piped(arguments, COLUMNS=str(width))
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stderr if arguments[0] == "calibrate" else result.stdout

    def test_no_line_is_wider_than_asked_for_and_no_figure_is_lost(self):
        for arguments in TEXTS:
            texts = {width: self.text(arguments, width) for width in (60, 80, 100, 200)}
            figures = set(FIGURE.findall(texts[200]))
            for width, text in texts.items():
                with self.subTest(" ".join(arguments), width=width):
                    lines = without_picture(text) if "show" in arguments else text.splitlines()
                    self.assertGreater(len(lines), 1)
                    self.assertEqual([line for line in lines if columns(line) > width], [])
                    self.assertEqual(figures - set(FIGURE.findall(text)), set())


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
