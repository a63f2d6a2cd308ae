#!/usr/bin/env python3
"""Whole-process time of `roofbeam predict` on MobileNetV2 and four platforms, beside alternatives,
and of `roofbeam sweep` over a million settings of a platform.

    bench/process.py PROGRAM [RUNS]

Every command runs RUNS times (21 unless told), in turn with the others, so that all see the same
machine. Shown are medians of wall clock and of CPU time (user + system).
The alternatives only count or infer shapes; none of them forecasts anything. The sweep runs on all
cores, a quarter as often, and its peak memory is shown.
"""
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NETWORK = str(ROOT / "networks/mobilenet_v2_1.0_224.onnx")
SWEEP = str(ROOT / "bench/million_cases.yaml")
ONNX = f"import onnx; onnx.shape_inference.infer_shapes(onnx.load({NETWORK!r}))"
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable


def commands(program):
    return {
        "roofbeam predict": [program, "predict", NETWORK],
        "roofbeam inspect": [program, "inspect", NETWORK],
        "python3, nothing": [PYTHON, "-c", "pass"],
        "python3-onnx, load and infer shapes": [PYTHON, "-c", ONNX],
    }


def run(command):
    """(wall seconds, CPU seconds, peak MiB), or None if the command fails."""
    started = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    return None if status else (wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def show_sweep(program, runs):
    rows = [run([program, "sweep", SWEEP]) for _ in range(max(1, runs // 4))]
    if None in rows:
        print("roofbeam sweep: fails", file=sys.stderr)
        return False
    wall, cpu, peak = medians(rows)
    print(f"roofbeam sweep, 1,048,576 cases: {wall:.2f} s, CPU {cpu:.2f} s, {peak:.0f} MiB at most"
          f" (median of {len(rows)})")
    return True


def main():
    program = str(Path(sys.argv[1]).resolve())
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    todo = commands(program)
    for name in [name for name, command in todo.items() if run(command) is None]:
        print(f"{name}: not here (fails)", file=sys.stderr)
        del todo[name]
    results = {name: [] for name in todo}
    for _ in range(runs):
        for name, command in todo.items():
            results[name].append(run(command))
    print(f"{'median of ' + str(runs):36}{'wall':>10}{'CPU':>10}")
    for name, rows in results.items():
        wall, cpu, _ = medians(rows)
        print(f"{name:36}{wall * 1e3:7.1f} ms{cpu * 1e3:7.1f} ms")
    swept = show_sweep(program, runs)
    return 0 if "roofbeam predict" in results and swept else 1


if __name__ == "__main__":
    sys.exit(main())
