"""Tables of the page of mobilenet-v2-int8; see ../study.py."""

from study import audit_table, close, energy, one, ratio, size, statistics, table, time

NETWORK = "mobilenet_v2_1.0_224_c10"


def sizes(study):
    inspected = study.inspect(NETWORK)
    trained, frozen = inspected["totals"]["parameters"], statistics(inspected)
    readings = [
        ("float32 weights alone", 4 * (trained + frozen)),
        ("and Adam's two slots for each", 4 * (3 * trained + frozen)),
        ("int8, one byte each", trained),
    ]
    stated = {"and Adam's two slots for each": "baseline.size", "int8, one byte each": "int8.size"}
    rows = []
    for what, ours in readings:
        key = stated.get(what)
        rows.append((what, study.stated(key), size(ours), ratio(readings[0][1] / ours),
                     close(study.value(key), ours, 0.2)))
    return table(("file", "stated", "ours", "float32 / this", "agree within 20 %"), rows)


def criteria(study):
    cases = study.sweep("int8.yaml")
    rows = []
    for calibration in ("100 samples", "200 samples", "1000 samples"):
        before = one(cases, platform="phone", calibration="float32")
        after = one(cases, platform="phone", calibration=calibration)
        smaller = before["size_bytes"] / after["size_bytes"]
        drop = before["accuracy"] - after["accuracy"]
        rows.append((calibration, study.stated("size.ratio"), ratio(smaller), _met(smaller >= study.value("accept.size_ratio")),
                     f"{100 * drop:.1f} points", _met(drop < study.value("accept.accuracy_drop"))))
    return table(("calibrated on", "times smaller, stated", "ours", "at least 4", "accuracy lost", "below 2"), rows)


def _met(holds):
    return "met" if holds else "not met"


def machines(study):
    cases, rows = study.sweep("int8.yaml"), []
    for platform in ("phone", "pi", "mcu"):
        before = one(cases, platform=platform, calibration="float32")
        after = one(cases, platform=platform, calibration="200 samples")
        rows.append((platform, time(before["latency_s"]), time(after["latency_s"]),
                     ratio(before["latency_s"] / after["latency_s"]), energy(after["energy_j"]),
                     size(after["memory_bytes"]), "yes" if after["fits"] else "no"))
    return table(("machine", "float32", "int8", "faster", "energy", "RAM", "fits"), rows)


def audit(study):
    return audit_table(study)
