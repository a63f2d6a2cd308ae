"""validate, calibrate, scale and predict --calibration, as people use them.

    tests/app/measured_test.py build/dev/roofbeam
"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

from program import InFolder, ROOT

NETWORKS = ROOT / "networks"
PROGRAM = ""
FOUR = ["ncnn/mobilenet", "ncnn/squeezenet", "ncnn/resnet18", "ncnn/googlenet"]


def table(factor, platform="raspberry-pi-3b-plus"):
    """Measurements that are so many times the forecasts."""
    rows = ["network,platform,runtime,threads,precision,latency_ms"]
    for network in FOUR:
        forecast = json.loads(subprocess.run(
            [PROGRAM, "predict", str(NETWORKS / f"{network}.onnx"), "-p", platform, "--runtime", "ncnn",
             "--threads", "1", "--precision", "fp32", "--format", "json"], capture_output=True).stdout)
        rows.append(f"{network},{platform},ncnn,1,fp32,{forecast['predictions'][0]['latency_s'] * 1000 * factor}")
    return "\n".join(rows) + "\n"


class Measured(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "twice.csv").write_text(table(2))
        (cls.folder / "there.csv").write_text(table(1.5, "raspberry-pi-5"))

    def run_program(self, arguments):
        return subprocess.run([PROGRAM, *arguments.replace("NETWORKS", str(NETWORKS)).split()],
                              cwd=self.folder, capture_output=True)

    def good(self, arguments):
        result = self.run_program(arguments)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return result.stdout.decode()

    def validated(self, more=""):
        return json.loads(self.good(f"validate twice.csv --networks NETWORKS --format json {more}"))

    def test_validate_json_has_the_statistics_and_intervals(self):
        found = self.validated()
        self.assertEqual(found["summary"]["rows"], 4)
        self.assertAlmostEqual(found["summary"]["mape"], 0.5, places=3)
        self.assertEqual(list(found["by_device"]), ["raspberry-pi-3b-plus/cpu"])
        for row in found["rows"]:
            low, high = row["interval_80_s"]
            self.assertLess(low, row["predicted_s"])
            self.assertLess(row["predicted_s"], high)
            self.assertLess(row["interval_95_s"][0], low)

    def test_validate_csv_has_a_row_each(self):
        lines = self.good("validate twice.csv --networks NETWORKS --format csv").splitlines()
        self.assertEqual(len(lines), 5)
        self.assertEqual({line.count(",") for line in lines}, {lines[0].count(",")})

    def test_validate_table_names_the_device_as_the_reason(self):
        text = " ".join(self.good("validate twice.csv --networks NETWORKS").split())
        self.assertIn("the device as a whole: 4 rows take 2.00 times as long as forecast in the median", text)

    def test_a_calibration_makes_forecasts_right_and_narrow(self):
        result = self.run_program("calibrate twice.csv --networks NETWORKS -o overlay.yaml")
        self.assertEqual((result.returncode, result.stdout), (0, b""))
        self.assertIn("50.0 %", result.stderr.decode())
        before, after = self.validated(), self.validated("--calibration overlay.yaml")
        self.assertLess(after["summary"]["mape"], 0.05)

        def width(found):
            low, high = found["rows"][0]["interval_80_s"]
            return high / low
        self.assertLess(width(after), width(before))

    def test_predict_takes_the_calibration(self):
        self.good("calibrate twice.csv --networks NETWORKS -o overlay.yaml")
        arguments = (f"predict {NETWORKS}/ncnn/vgg16.onnx -p raspberry-pi-3b-plus --runtime ncnn --threads 1"
                     " --precision fp32 --format json")
        plain = json.loads(self.good(arguments))["predictions"][0]
        fitted = json.loads(self.good(arguments + " --calibration overlay.yaml"))["predictions"][0]
        self.assertEqual((plain["calibrated_on"], fitted["calibrated_on"]), (0, 4))
        self.assertGreater(fitted["latency_s"] / plain["latency_s"], 1.7)
        other = self.run_program(arguments.replace("-p raspberry-pi-3b-plus", "-p apple-m1") +
                                 " --calibration overlay.yaml")
        self.assertEqual(other.stderr.decode(), "roofbeam: note: overlay.yaml holds no calibration of"
                                                " apple-m1/p-cluster with ncnn\n")

    def test_scale_forecasts_another_machine_and_tells_both_errors(self):
        found = json.loads(self.good(
            "scale twice.csv --networks NETWORKS --to raspberry-pi-5 --measured there.csv"
            " --known ncnn/mobilenet,ncnn/resnet18 --format json"))
        self.assertEqual([row["used"] for row in found["rows"]], [True, False, True, False])
        self.assertLess(found["summary"]["mape"], found["by_ratio"]["mape"])
        text = self.good("scale twice.csv --networks NETWORKS --to raspberry-pi-5")
        self.assertEqual(sum(line.startswith("ncnn/") for line in text.splitlines()), 4)

    def test_wrong_input_is_told_precisely(self):
        (self.folder / "nowhere.csv").write_text("network,device,latency_ms\nncnn/mobilenet,a toaster,3\n")
        (self.folder / "typo.csv").write_text("network,platform,runtime,latency_ms\nncnn/mobilenett,apple-m1,ncnn,3\n")
        (self.folder / "number.csv").write_text("network,platform,latency_ms\nncnn/mobilenet,apple-m1,3 ms\n")
        for arguments, message in [
                ("validate nowhere.csv --networks NETWORKS",
                 "no row could be forecast:\n  1 rows: no platform is known for device 'a toaster' ()\n"),
                ("validate typo.csv --networks NETWORKS", "did you mean 'ncnn/mobilenet' or"),
                ("validate number.csv --networks NETWORKS", "number.csv:2:"),
                ("validate twice.csv --networks NETWORKS --calibration twice.csv", "twice.csv:"),
                ("validate missing.csv", "missing.csv"),
                ("calibrate twice.csv --networks NETWORKS -o nowhere/overlay.yaml",
                 "cannot write 'nowhere/overlay.yaml': No such file or directory\n"),
                ("scale twice.csv --networks NETWORKS --to raspbery-pi-5", "did you mean 'raspberry-pi-5'?")]:
            with self.subTest(arguments):
                result = self.run_program(arguments)
                self.assertEqual((result.returncode, result.stdout), (1, b""))
                self.assertIn(message, result.stderr.decode())
        self.assertFalse((self.folder / "nowhere").exists())


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
