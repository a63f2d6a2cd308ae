"""sweep, as people use it: stopped and resumed, counted before it runs, reported, and what goes wrong.

    tests/app/sweep_test.py build/dev/roofbeam
"""
import json
import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHIP = ROOT / "scenarios/examples/ship-mobilenet.yaml"
PROGRAM = ""
DATA = '<script id="data" type="application/json">'
MANY = """
scenario: many
networks: [{{name: small, onnx: {root}/networks/ds_cnn_mlperftiny.onnx, accuracy: 90 %}}]
platforms: [cortex-a78]
vary:
  platform.memory.DRAM.bandwidth: {{from: 5 GB/s, to: 100 GB/s, steps: {steps}}}
  platform.energy.idle: {{from: 10 mW, to: 1 W, steps: {steps}}}
  runtime.dispatch: {{from: 1 us, to: 10 us, steps: {steps}}}
objectives: [max latency, min energy]   # of which many are on the frontier
"""


class Sweep(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def many(self, steps, name="many.yaml"):
        (self.folder / name).write_text(MANY.format(root=ROOT, steps=steps))
        return name

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, "sweep", *map(str, arguments)], cwd=self.folder, capture_output=True, encoding="utf-8",
                              timeout=300)

    def good(self, *arguments):
        result = self.run_program(*arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def bad(self, *arguments):
        result = self.run_program(*arguments)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        return result.stderr

    def stopped(self, *arguments):
        """Stops a sweep by Ctrl-C once it has shown how fast it is: its status and what it says in the end."""
        ours, theirs = pty.openpty()
        run = subprocess.Popen([PROGRAM, "sweep", *arguments, "--threads", "1"], cwd=self.folder, stdout=subprocess.PIPE,
                               stderr=theirs, env=dict(os.environ, NO_COLOR="1"))
        os.close(theirs)
        shown = b""
        while True:
            try:
                new = os.read(ours, 4096)
            except OSError:  # as Linux says that the other end is closed
                break
            if not new:
                break
            if b" left" in new and b" left" not in shown:
                run.send_signal(signal.SIGINT)
            shown += new
        os.close(ours)
        with run:
            self.assertEqual(run.stdout.read(), b"")
        lines = shown.decode().replace("\r\n", "\n")
        self.assertRegex(lines, r"\r\x1b\[K[0-9,]+ of 512,000 cases, [0-9.]+( k)? /s, [0-9]+ (s|min) left")
        return run.returncode, lines.rsplit("\r\x1b[K", 1)[1]

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_stopped_in_the_middle_it_goes_on_to_the_same_bytes(self):
        many = self.many(80)
        status, said = self.stopped(many, "--format", "csv", "-o", "some.csv", "--resume", "kept")
        self.assertEqual(status, 130)
        self.assertRegex(said, r"^roofbeam: note: stopped after [0-9,]+ of 512,000 cases; "
                               r"the same command with --resume kept goes on\n$")
        self.assertEqual(self.names(), ["kept", "many.yaml"])
        resumed = self.run_program(many, "--format", "csv", "-o", "some.csv", "--resume", "kept")
        self.assertEqual(resumed.returncode, 0)
        done = re.fullmatch(r"roofbeam: note: kept: ([0-9,]+) of 512,000 cases are done\n", resumed.stderr)
        self.assertIsNotNone(done, resumed.stderr)
        self.assertEqual(done[1], re.search(r"after ([0-9,]+) of", said)[1])
        self.good(many, "--format", "csv", "-o", "all.csv")
        self.assertGreater((self.folder / "all.csv").read_bytes().count(b"\n"), 100)
        self.assertEqual((self.folder / "some.csv").read_bytes(), (self.folder / "all.csv").read_bytes())

    def test_stopped_without_a_file_to_keep_it_in_the_scenario_names_one(self):
        status, said = self.stopped(self.many(80))
        self.assertEqual(status, 130)
        self.assertTrue(said.endswith("the same command with --resume many.resume goes on\n"), said)
        self.assertEqual(self.names(), ["many.resume", "many.yaml"])

    def test_stopped_with_all_rows_nothing_is_kept(self):
        status, said = self.stopped(self.many(80), "--keep-all", "-o", "all.txt")
        self.assertEqual(status, 130)
        self.assertTrue(said.endswith("cases; with --keep-all nothing is kept to go on from\n"), said)
        self.assertEqual(self.names(), ["many.yaml"])

    def test_what_is_done_belongs_to_its_scenario_and_options(self):
        many = self.many(3)
        self.good(many, "--resume", "kept")
        refused = ("kept: error: belongs to another sweep (scenario 'many'), or a file or an option has changed since; "
                   "name a new file to begin again\n")
        self.assertEqual(self.bad(many, "--resume", "kept", "--require", "latency <= 1 s"), refused)
        self.many(4)
        self.assertEqual(self.bad(many, "--resume", "kept"), refused)
        self.assertEqual(self.bad(many, "--resume", many),
                         f"{many}: error: is not what a stopped sweep or a shard leaves; name a file that one wrote, or a new one\n")
        self.assertEqual(self.bad(many, "--resume", "new", "--keep-all"),
                         "roofbeam: error: --resume keeps no rows: give it without --keep-all\n")

    def test_output_that_cannot_be_written_is_told_before_the_work(self):
        many = self.many(1000)  # would take minutes
        for option in ("--output", "--report"):
            self.assertEqual(self.bad(many, option, "nowhere/file"),
                             "roofbeam: error: cannot write 'nowhere/file': No such file or directory\n")
            self.assertEqual(self.bad(many, option, f"{many}/file"),
                             f"roofbeam: error: cannot write '{many}/file': Not a directory\n")
        self.assertEqual(self.bad(many, "--report", "-"),
                         "roofbeam: error: --report -: an HTML report goes into a file of its own\n")

    def test_output_that_cannot_be_written_after_the_work_loses_nothing_of_a_resume(self):
        many = self.many(3)
        self.assertEqual(self.bad(many, "--output", "/dev/full", "--resume", "kept"),
                         "roofbeam: error: cannot write '/dev/full': No space left on device\n")
        again = self.run_program(many, "--resume", "kept")
        self.assertEqual(again.stderr, "roofbeam: note: kept: 27 of 27 cases are done\n")
        self.assertEqual(again.stdout, self.good(many))

    def test_a_dry_run_counts_what_a_sweep_then_does(self):
        counts = json.loads(self.good(SHIP, "--format", "json"))["counts"]
        self.assertEqual(counts["all"], 3 * 3 * 3 * 3 * 2)
        # The microcontroller has no DRAM, and one core: 3 networks at 3 precisions are left of 54 cases.
        self.assertEqual((counts["repeated"], counts["excluded"]), (36, 9))
        self.assertEqual(counts["forecast"] + counts["impossible"], 162 - 36 - 9)
        lines = self.good(SHIP, "--dry-run").splitlines()
        self.assertIn("162 cases: 36 repeat others, 9 excluded, 117 to forecast:", lines)
        self.assertIn("  platform.memory.DRAM.bandwidth: 3: x0.5, x1, x2", lines)
        self.assertIn("97 more", lines)

    def test_shards_merge_to_the_bytes_of_the_whole(self):
        many = self.many(5)  # 125 cases
        ways = [["--format", "table"], ["--format", "csv"], ["--format", "json"], ["--format", "columns"]]
        for more in ([], ["--require", "latency <= 1 ns"]):  # a frontier, and near misses
            for shard in (1, 2, 3):
                self.assertEqual(self.good(many, *more, "--shard", f"{shard}/3", "-o", f"{shard}.part"), "")
            for way in ways:
                with self.subTest(way + more):
                    merged = self.good(many, *more, *way, "--merge", "3.part,1.part", "--merge", "2.part")
                    self.assertEqual(merged, self.good(many, *more, *way))
        self.assertEqual(self.names(), ["1.part", "2.part", "3.part", many])  # they may be merged again

    def test_a_merge_reports_what_one_run_does(self):
        many = self.many(3)
        self.reported(many, "--report", "one.html")
        for shard in ("1/2", "2/2"):
            self.good(many, "--shard", shard, "-o", shard[0])
        self.reported(many, "--merge", "1,2", "--report", "two.html")
        self.assertEqual((self.folder / "two.html").read_bytes(), (self.folder / "one.html").read_bytes())

    def test_shards_that_do_not_make_a_whole_are_refused(self):
        many = self.many(3)  # 27 cases: shards of 14 and 13
        for shard in ("1/2", "2/2", "1/3"):
            self.good(many, "--shard", shard, "-o", shard.replace("/", "of"))
        self.assertEqual(self.bad(many, "--merge", "1of2"),
                         "roofbeam: error: --merge: 13 of 27 cases are in none of the files; name those of all shards\n")
        self.assertEqual(self.bad(many, "--merge", "1of2,2of2,1of3,nowhere"), "roofbeam: error: cannot read 'nowhere'\n")
        self.assertEqual(self.bad(many, "--merge", "1of3,1of2"),
                         "roofbeam: error: '1of2' has cases that another file has, too: remove the older\n")
        for wrong in ("0/2", "3/2", "1", "1/2/3", "-1/2", "1/0", "a/b"):
            self.assertEqual(self.bad(many, f"--shard={wrong}"),
                             f"roofbeam: error: --shard '{wrong}': expected I/N, such as 1/4 to 4/4\n")
        self.assertEqual(self.bad(many, "--shard", "1/2", "--keep-all"),
                         "roofbeam: error: --shard with --keep-all: what shards write has no rows\n")
        self.assertEqual(self.bad(many, "--merge", "1of2", "--resume", "kept"),
                         "roofbeam: error: --merge with --resume: name its file under --merge\n")

    def report(self, name):
        page = (self.folder / name).read_text(encoding="utf-8")
        begin = page.index(DATA) + len(DATA)
        return json.loads(page[begin:page.index("</script>", begin)])

    def reported(self, *arguments):
        result = self.run_program(*arguments)
        if "was built without the page of HTML reports" in result.stderr:
            self.skipTest(result.stderr)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def test_a_report_has_all_cases_and_the_text_stays_as_it_was(self):
        plain = self.good(SHIP, "--format", "csv")
        first = self.reported(SHIP, "--format", "csv", "--report", "a.html")
        self.assertEqual((first.stdout, first.stderr), (plain, ""))
        data = self.report("a.html")
        self.assertEqual(len(data["columns"]["case"]), data["counts"]["forecast"])
        self.assertEqual(len(data["frontier"]), plain.count("\n") - 1)
        for again in (["--keep-all"], ["--resume", "kept"], ["--resume", "kept"]):
            self.reported(SHIP, "--report", "b.html", *again)
            self.assertEqual((self.folder / "b.html").read_bytes(), (self.folder / "a.html").read_bytes())

    def test_a_report_of_very_many_cases_has_the_frontier_and_says_so(self):
        many = self.many(37)  # 37 x 37 x 37 = 50,653
        result = self.reported(many, "--format", "csv", "--report", "a.html")
        rows = result.stdout.count("\n") - 1
        self.assertEqual(result.stderr, f"roofbeam: note: a.html shows {rows:,} of 50,653 cases, the best; "
                                        "--keep-all puts all of them in\n")
        data = self.report("a.html")
        self.assertEqual((len(data["columns"]["case"]), data["counts"]["forecast"]), (rows, 50653))


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
