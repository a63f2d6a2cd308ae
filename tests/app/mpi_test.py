"""sweep on several processes, as people use it: the same bytes as on one, and a kill that does no harm.

    tests/app/mpi_test.py build/dev/roofbeam mpirun
"""
import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from program import InFolder, ROOT

PROGRAM = ""
MPIRUN = ""
# Containers run tests as root, and machines have fewer cores than a test has processes.
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_mpi_yield_when_idle": "1"}
SCENARIO = """
scenario: many
networks: [{{name: small, onnx: {root}/networks/mobilenet_v2_0.35_128.onnx, accuracy: 50.8 %}}]
platforms: [cortex-a78, apple-m1]
vary:
  network.precision: [fp32, fp16]
  platform.memory.DRAM.bandwidth: {{from: 5 GB/s, to: 100 GB/s, steps: {steps}}}
  platform.energy.idle: {{from: 10 mW, to: 1 W, steps: {steps}}}
require: [latency <= 20 ms]
objectives: [max latency, min energy]   # of which many are on the frontier
"""


class Mpi(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "many.yaml").write_text(SCENARIO.format(root=ROOT, steps=24))
        (cls.folder / "wrong.yaml").write_text(SCENARIO.format(root=ROOT, steps=24).replace("cortex-a78", "cortex-a87"))

    def alone(self, *arguments):
        return subprocess.run([PROGRAM, "sweep", *arguments, "--threads", "1"], cwd=self.folder, capture_output=True)

    def together(self, processes, *arguments):
        return subprocess.run([MPIRUN, "-n", str(processes), PROGRAM, "sweep", *arguments, "--threads", "1"],
                              cwd=self.folder, env=ENVIRONMENT, capture_output=True, timeout=300)

    def test_the_same_bytes_for_one_and_for_four_processes(self):
        for more in ([], ["--format", "json"], ["--keep-all", "--format", "csv"], ["--require", "latency <= 1 us"]):
            with self.subTest(more):
                one, four = self.alone("many.yaml", *more), self.together(4, "many.yaml", *more)
                self.assertEqual((one.returncode, four.returncode), (0, 0), four.stderr.decode())
                self.assertGreater(one.stdout.count(b"\n"), 10)
                self.assertEqual(four.stdout, one.stdout)

    def test_what_is_wrong_everywhere_is_said_once(self):
        result = self.together(3, "wrong.yaml")
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(result.stdout, b"")
        self.assertEqual(result.stderr.decode().count("did you mean 'cortex-a78'?"), 1)

    def test_an_earlier_run_of_more_processes_is_gone_on_from(self):
        one = self.alone("many.yaml", "--format", "csv")
        first = self.together(3, "many.yaml", "--format", "csv", "--resume", "kept")
        again = self.together(2, "many.yaml", "--format", "csv", "--resume", "kept")
        self.assertEqual((first.stdout, again.stdout), (one.stdout, one.stdout))
        self.assertIn("kept: 2,304 of 2,304 cases are done", again.stderr.decode())
        self.assertEqual([path.name for path in self.folder.glob("kept*")], ["kept"])

    def test_a_killed_process_ends_the_run_and_a_resume_goes_on(self):
        big = self.folder / "big.yaml"
        big.write_text(SCENARIO.format(root=ROOT, steps=120))
        arguments = ["big.yaml", "--format", "csv", "-o", "big.csv", "--resume", "big.resume"]
        run = subprocess.Popen([MPIRUN, "-n", "4", PROGRAM, "sweep", *arguments, "--threads", "1"], cwd=self.folder,
                               env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        victim = self.one_process_of(run.pid)
        os.kill(victim, signal.SIGKILL)
        run.communicate(timeout=120)
        self.assertNotEqual(run.returncode, 0)
        self.assertFalse((self.folder / "big.csv").exists())
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.endswith(".tmp")], [])
        resumed = self.together(4, *arguments)
        self.assertEqual(resumed.returncode, 0, resumed.stderr.decode())
        alone = self.alone("big.yaml", "--format", "csv")
        self.assertGreater(alone.stdout.count(b"\n"), 100)  # points on the frontier
        self.assertEqual((self.folder / "big.csv").read_bytes(), alone.stdout)

    def one_process_of(self, mpirun):
        for _ in range(600):
            listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(mpirun)], capture_output=True, encoding="ascii")
            found = [int(line.split()[0]) for line in listed.stdout.splitlines() if "roofbeam" in line]
            if len(found) == 4:
                time.sleep(1)  # into the work
                return found[2]
            time.sleep(0.1)
        self.fail("mpirun started no processes")


if __name__ == "__main__":
    MPIRUN = sys.argv.pop(2)
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
