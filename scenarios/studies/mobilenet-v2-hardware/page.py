"""Tables of the page of mobilenet-v2-hardware; see ../study.py."""

import json

from study import (ROOT, audit_table, close, count, digits, energy, interval, millions, one, percent, ratio, size,
                   statistics, table, time, verdict)

VARIANTS = {  # the study's word -> our network, and the width that its parameters are those of
    "baseline": ("mobilenet_v2_1.0_224_c10", "1.0"),
    "latency": ("mobilenet_v2_0.5_128_c10", "0.5"),
    "memory": ("mobilenet_v2_0.35_224_c10", "0.35"),
    "energy": ("mobilenet_v2_0.75_160_c10", "0.75"),
}
QUANTIZED = {  # as scenarios name it -> as people do
    "none": "float32", "mixed": "mixed precision", "dynamic": "dynamic range", "ptq": "int8",
}
MEASURED = [  # rows of the study's table 4
    ("baseline", "none", "fp32"), ("energy", "dynamic", "dynamic"), ("energy", "mixed", "mixed"),
    ("latency", "dynamic", "dynamic"), ("latency", "mixed", "mixed"), ("memory", "dynamic", "dynamic"),
]
MACHINES = {"m1": "M1", "a78": "Cortex-A78", "m7": "Cortex-M7"}


def networks(study):
    rows = []
    for name, (network, width) in VARIANTS.items():
        inspected = study.inspect(network)
        parameters = inspected["totals"]["parameters"] + statistics(inspected)
        flops = inspected["totals"]["flops"]
        stated = study.value(f"variant.{name}.parameters")
        rows.append((name, study.stated(f"variant.{name}.parameters"), count(parameters), width,
                     close(stated, parameters, 0.01), study.stated(f"variant.{name}.flops"), millions(flops),
                     close(study.value(f"variant.{name}.flops"), flops, 0.05)))
    return table(("variant", "parameters, stated", "ours", "width", "agree", "FLOPs, stated", "ours", "agree"), rows)


def described(study):
    stated = {"latency at 160": "latency", "latency at 128": "latency", "memory": "memory", "energy": "energy"}
    rows = []
    for case in study.sweep("described.yaml"):
        name = stated.get(case["network"])
        if not name:
            continue
        rows.append((case["network"], study.stated(f"variant.{name}.parameters"), millions(case["parameters"]),
                     study.stated(f"variant.{name}.flops"), millions(2 * case["macs"])))
    return table(("as described", "parameters, stated", "ours", "FLOPs, stated", "ours"), rows)


def sizes(study):
    rows = []
    for name, (network, _) in VARIANTS.items():
        inspected = study.inspect(network)
        trained, frozen = inspected["totals"]["parameters"], statistics(inspected)
        adam = 4 * (3 * trained + frozen)
        rows.append((name, "Keras file", study.stated(f"variant.{name}.size"), size(4 * (trained + frozen)),
                     size(adam), close(study.value(f"variant.{name}.size"), adam, 0.05)))
        for kind, bytes_each in (("dynamic", 1), ("mixed", 2)):
            key = f"quantized.{name}.{kind}.size"
            if key in study.figures:
                ours = bytes_each * trained
                rows.append((name, QUANTIZED[kind], study.stated(key), size(ours), "–",
                             close(study.value(key), ours, 0.35)))
    return table(("variant", "file", "stated", "its weights", "with Adam's two slots", "agree"), rows, left=2)


def latencies(study):
    cases, rows = study.sweep("variants.yaml"), []
    for name, quantization, key in MEASURED:
        for machine, title in MACHINES.items():
            figure = f"latency.{name}.{key}.{machine}"
            case = one(cases, network=name, platform=machine, quantization=quantization)
            if case is None:
                rows.append((f"{name}, {QUANTIZED[quantization]}", title, study.stated(figure), "cannot run", "–", "–"))
                continue
            rows.append((f"{name}, {QUANTIZED[quantization]}", title, study.stated(figure), time(case["latency_s"]),
                         interval(case), verdict(study.value(figure), case)))
    return table(("network", "machine", "stated", "ours", "80 % between", "inside"), rows, left=2)


def scaling(study):
    cases, rows = study.sweep("variants.yaml"), []
    for name, quantization, key in MEASURED:
        m1 = one(cases, network=name, platform="m1", quantization=quantization)
        row = [f"{name}, {QUANTIZED[quantization]}"]
        for machine in ("a78", "m7"):
            there = one(cases, network=name, platform=machine, quantization=quantization)
            stated = study.value(f"latency.{name}.{key}.{machine}") / study.value(f"latency.{name}.{key}.m1")
            row += [ratio(stated), ratio(there["latency_s"] / m1["latency_s"]) if there else "–"]
        rows.append(row)
    return table(("network", "A78 / M1, stated", "ours", "M7 / M1, stated", "ours"), rows)


def utilisation(study):
    rows = []
    runs = [("m1", "apple-m1", "xnnpack"), ("a78", "cortex-a78", "xnnpack"), ("m7", "cortex-m7", "cmsis-nn")]
    for name, (network, _) in VARIANTS.items():
        for machine, platform, runtime in runs:
            for precision in ("fp32", "int8"):
                p = study.predict(network, platform, "--runtime", runtime, "--precision", precision)
                use = p["utilisation"]
                far = max((level for level in use["bandwidths"]
                           if level["level"] in (p["activations_in"]["level"], p["weights_in"]["level"])),
                          key=lambda level: level["share"])
                rows.append((name, MACHINES[machine], precision, percent(use["simd"]), percent(use["caches"]),
                             f"{far['level']} {percent(far['share'])}", f"{p['bound']} {percent(p['bound_share'])}"))
    return table(("network", "machine", "precision", "SIMD", "caches", "bandwidth", "bound by"), rows, left=3)


def energy_parts(study):
    rows = []
    for machine, platform, runtime, precision in (("m1", "apple-m1", "xnnpack", "int8"),
                                                  ("a78", "cortex-a78", "xnnpack", "int8"),
                                                  ("m7", "cortex-m7", "cmsis-nn", "int8")):
        p = study.predict(VARIANTS["energy"][0], platform, "--runtime", runtime, "--precision", precision)
        parts = [percent(p[f"energy_{part}_j"] / p["energy_j"], 1) for part in ("operations", "traffic", "power")]
        stated = [study.stated(f"energy.{machine}.{part}") for part in ("operations", "traffic", "overhead")]
        rows.append((MACHINES[machine], energy(p["energy_j"]), " / ".join(stated), " / ".join(parts)))
    return table(("machine", "energy", "compute / memory / overhead, stated", "operations / traffic / power × time, ours"),
                 rows)


def energies(study):
    cases, rows = study.sweep("variants.yaml"), []
    for name, quantization, key in (("baseline", "none", "variant.baseline.energy"),
                                    ("energy", "dynamic", "variant.energy.energy")):
        case = one(cases, network=name, platform="m1", quantization=quantization)
        power = study.value(key) / study.value(f"latency.{name}.{'fp32' if quantization == 'none' else quantization}.m1")
        rows.append((f"{name}, {QUANTIZED[quantization]}", study.stated(key), digits(power) + " W",
                     energy(case["energy_j"]), digits(case["energy_j"] / case["latency_s"]) + " W"))
    return table(("network on M1", "stated", "which is", "ours", "which is"), rows)


def radar(study):
    """Each axis as a share of the best, so that larger is better on all."""
    cases = [case for case in study.sweep("variants.yaml") if case["platform"] == "m1"]
    chosen = [one(cases, network=name, quantization=quantization) for name, quantization, _ in MEASURED]
    axes = [("accuracy", max), ("latency_s", min), ("size_bytes", min), ("energy_j", min), ("memory_bytes", min)]
    best = {key: choose(case[key] for case in chosen) for key, choose in axes}
    rows = []
    for case in chosen:
        shares = [case[key] / best[key] if choose is max else best[key] / case[key] for key, choose in axes]
        rows.append((f"{case['network']}, {QUANTIZED[case['quantization']]}", *map(percent, shares)))
    return table(("network on M1", "accuracy", "speed", "smallness", "energy", "memory"), rows)


FRONTIERS = [  # the study's three trade-offs
    ("accuracy and latency", "max accuracy, min latency_s"),
    ("accuracy and size", "max accuracy, min size_bytes"),
    ("accuracy and energy", "max accuracy, min energy_j"),
]


def frontiers(study):
    cases, rows = study.rows("variants.yaml"), []
    for title, objectives in FRONTIERS:
        for machine in MACHINES:
            met = [case for case in cases if case["platform"] == machine and case["feasible"] == "true"]
            best = study.frontier(met, objectives) if met else []
            names = "; ".join(f"{case['network']} {QUANTIZED[case['quantization']]}" for case in best)
            rows.append((title, MACHINES[machine], len(best), names or "nothing meets the requirements"))
    return table(("trade-off", "machine", "best", "which"), rows, left=4)


STATED_CHOICE = {"m1": "latency, dynamic range", "a78": "memory, dynamic range", "m7": "memory, dynamic range"}


def recommendation(study):
    rows = []
    for answer in study.recommend("variants.yaml", "--order", "size,accuracy", "--require", "accuracy > 50 %"):
        machine = answer["group"]
        if not answer["ranked"]:
            rows.append((MACHINES[machine], STATED_CHOICE[machine], "nothing", "–", "–", "–", "–"))
            continue
        best = answer["ranked"][0]
        settings = best["settings"]
        rows.append((MACHINES[machine], STATED_CHOICE[machine],
                     f"{settings['network']}, {QUANTIZED[settings['quantization']]}", percent(best["accuracy"], 1),
                     time(best["latency_s"]), size(best["memory_bytes"]), percent(best["probability_meets"])))
    return table(("machine", "study recommends", "smallest that meets all", "accuracy", "latency", "RAM",
                  "meets all, sure"), rows, left=3)


def microcontroller(study):
    rows = []
    for case in study.sweep("variants.yaml"):
        if case["platform"] == "m7":
            rows.append((case["network"], QUANTIZED[case["quantization"]], time(case["latency_s"]),
                         size(case["arena_bytes"]), case["fits_reason"], "yes" if case["feasible"] else "no",
                         percent(case["accuracy"], 1)))
    return table(("network", "quantized", "latency", "activations", "where", "meets all", "accuracy, stated"), rows,
                 left=2)


def ranking(study):
    cases, rows = study.sweep("ranking.yaml"), []
    base = {"quantization": "none", "network__resolution": 224, "network__width": 1.0}
    for label, change, key in [
        ("dynamic range", {"quantization": "dynamic"}, "speedup.m1.quantization"),
        ("int8", {"quantization": "int8"}, ""),
        ("224 to 160 pixels", {"network__resolution": 160}, "speedup.m1.resolution"),
        ("width 1.0 to 0.75", {"network__width": 0.75}, "speedup.m1.width"),
    ]:
        row = [label, study.stated(key)]
        for machine in MACHINES:
            before = one(cases, platform=machine, **base)
            after = one(cases, platform=machine, **{**base, **change})
            row.append(ratio(before["latency_s"] / after["latency_s"]))
        rows.append(row)
    return table(("one change", "M1, stated", "M1", "Cortex-A78", "Cortex-M7"), rows)


def batches(study):
    rows = []
    for case in study.sweep("memory.yaml"):
        rows.append((case["activations"], digits(case["run.batch"]), size(case["memory_bytes"]), time(case["latency_s"]),
                     f"{digits(case['throughput_per_s'])}/s"))
    return table(("activations", "batch", "RAM", "latency", "inputs"), rows)


def largest(study):
    network = ROOT / f"networks/{VARIANTS['baseline'][0]}.onnx"
    text = study.output("solve", "memory <= 8 GB", network, "-p", "apple-m1", "--runtime", "xnnpack",
                        "--vary", "run.batch=1..4096", "--largest", "--format", "json")
    answer = json.loads(text)["answer"]
    return table(("largest batch", "stated (to train)", "ours (to infer)", "RAM", "inputs"),
                 [("within 8 GB", study.stated("memory.batch"), answer["value"], size(answer["memory_bytes"]),
                   f"{digits(answer['throughput_per_s'])}/s")])


def stated_machines(study):
    rows = []
    catalogue, stated = study.sweep("variants.yaml"), study.sweep("stated.yaml")
    for name in VARIANTS:
        for quantization in ("none", "dynamic"):
            at = {"network": name, "platform": "a78", "quantization": quantization}
            ours, theirs = one(catalogue, **at), one(stated, **at)
            if ours and theirs:
                rows.append((name, QUANTIZED[quantization], time(ours["latency_s"]), time(theirs["latency_s"]),
                             percent(theirs["latency_s"] / ours["latency_s"] - 1, 1)))
    return table(("network", "quantized", "51.2 GB/s", "15 GB/s as stated", "slower"), rows, left=2)


def audit(study):
    return audit_table(study)
