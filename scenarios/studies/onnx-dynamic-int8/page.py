"""Tables of the page of onnx-dynamic-int8; see ../study.py."""

from study import audit_table, close, one, ratio, size, statistics, table, time

NETWORK = "studies/audio_cnn_96x173_c10"
PLATFORMS = ("laptop", "new laptop", "server", "desktop", "m1", "pi")


def sizes(study):
    inspected = study.inspect(NETWORK)
    trained, frozen = inspected["totals"]["parameters"], statistics(inspected)
    plain, adam = 4 * (trained + frozen), 4 * (3 * trained + frozen)
    rows = [
        ("float32 weights alone", "–", size(plain), ratio(plain / trained), "–"),
        ("and Adam's two slots for each", study.stated("keras.size"), size(adam), ratio(adam / trained),
         close(study.value("keras.size"), adam, 0.01)),
        ("int8, one byte each", study.stated("int8.size"), size(trained), "1×",
         close(study.value("int8.size"), trained, 0.01)),
    ]
    return table(("file", "stated", "ours", "of int8", "agree within 1 %"), rows)


def speedups(study):
    cases, rows = study.sweep("dynamic.yaml"), []
    for platform in PLATFORMS:
        for threads in (1, 4):
            at = {"platform": platform, "run__threads": threads}
            slow = one(cases, network__precision="fp32", **at)
            row = [platform, threads, time(slow["latency_s"])]
            for precision in ("weights-int8", "dynamic-int8", "int8"):
                fast = one(cases, network__precision=precision, **at)
                row.append(f"{time(fast['latency_s'])}, {ratio(slow['latency_s'] / fast['latency_s'])}" if fast else "–")
            rows.append(row)
    return table(("machine", "threads", "float32", "weights in int8", "dynamic int8", "all int8"), rows)


def best(study):
    """The largest speed-up of all that were forecast, beside the one that is stated."""
    cases = study.sweep("dynamic.yaml")
    found = []
    for case in cases:
        slow = one(cases, platform=case["platform"], run__threads=case["run.threads"], network__precision="fp32")
        found.append((slow["latency_s"] / case["latency_s"], case, slow))
    gain, case, slow = max(found, key=lambda item: item[0])
    stated = study.value("speedup")
    rows = [
        ("stated", study.stated("keras.latency"), study.stated("int8.latency"), study.stated("speedup")),
        (f"the most that is forecast: {case['network.precision']} on {case['platform']}, "
         f"{case['run.threads']:.0f} threads", time(slow["latency_s"]), time(case["latency_s"]), ratio(gain)),
        ("what is left for other causes", "–", "–", ratio(stated / gain)),
    ]
    return table(("", "float32", "int8", "faster"), rows)


def audit(study):
    return audit_table(study)
