"""Tables of the page of mobilenet-v3-pipeline; see ../study.py."""

from study import audit_table, close, count, energy, mib, one, percent, ratio, statistics, table, time

NETWORKS = {
    "teacher": ("studies/mobilenet_v3_small_c10", "baseline"),
    "student": ("studies/mobilenet_v3_small_h256_c10", "distilled"),
    "student of width 0.6": ("studies/mobilenet_v3_small_0.6_h256_c10", "distilled"),
    "tiny": ("studies/tiny_student_128_c10", "tiny"),
}


def networks(study):
    rows = []
    for name, (network, key) in NETWORKS.items():
        totals = study.inspect(network)["totals"]
        stated = f"{key}.parameters"
        rows.append((name, study.stated(stated), count(totals["parameters"]),
                     close(study.value(stated), totals["parameters"], 0.005), f"{totals['macs'] / 1e6:.1f} M"))
    return table(("network", "parameters, stated", "ours", "agree", "MACs"), rows)


def _state_bytes(inspected, narrow=()):
    """A file of parameters and running statistics, float32 but for the weights of some layers in int8."""
    whole = 4 * (inspected["totals"]["parameters"] + statistics(inspected))
    return whole - 3 * sum(layer["parameters"] for layer in inspected["layers"] if layer["name"] in narrow)


def sizes(study):
    """What the files hold, by arithmetic alone."""
    head = ("head/hidden", "head/logits")
    teacher, student, tiny = (study.inspect(NETWORKS[name][0]) for name in ("teacher", "student", "tiny"))
    rows = []
    for what, key, ours in [
        ("teacher", "baseline.size", _state_bytes(teacher)),
        ("teacher, classifier in int8", "dynamic.size", _state_bytes(teacher, head)),
        ("student", "distilled.size", _state_bytes(student)),
        ("student of width 0.6", "distilled.size", _state_bytes(study.inspect(NETWORKS["student of width 0.6"][0]))),
        ("student, classifier in int8", "stage.quantize.size", _state_bytes(student, head)),
        ("teacher, 30 % of the weights zero", "pruned.size", _state_bytes(teacher)),
        ("teacher, all in int8", "qat.size", teacher["totals"]["parameters"]),
        ("tiny", "tiny.size", _state_bytes(tiny)),
    ]:
        rows.append((what, study.stated(key), mib(ours), close(study.value(key), ours / 2**20 * 1e6, 0.05)))
    return table(("file", "stated", "ours", "agree within 5 %"), rows)


def techniques(study):
    cases = study.sweep("techniques.yaml")
    stated = study.value("baseline.latency")
    rows = []
    for name, technique, key, label in [
        ("teacher", "none", "baseline", "none"), ("teacher", "dynamic", "dynamic", "classifier in int8"),
        ("student", "none", "distilled", "distilled"), ("teacher", "graph", "graph", "frozen graph"),
        ("teacher", "pruned", "pruned", "30 % zeroes"), ("teacher", "qat", "qat", "int8 throughout"),
        ("student of width 0.6", "none", "", "distilled, width 0.6"),
    ]:
        after = study.value(f"{key}.latency")
        row = [label, study.stated(f"{key}.latency"), "–" if after is None else ratio(after / stated)]
        for platform in ("laptop", "phone"):
            before = one(cases, platform=platform, network="teacher", technique="none")
            case = one(cases, platform=platform, network=name, technique=technique)
            row += [time(case["latency_s"]), ratio(case["latency_s"] / before["latency_s"])]
        rows.append((*row, mib(case["size_bytes"]), energy(case["energy_j"])))
    return table(("technique", "stated", "of none", "laptop", "of none", "phone", "of none", "weights", "energy, phone"),
                 rows)


def conservative(study):
    return _stages(study, "conservative.yaml", ("baseline", "distil", "quantize", "graph"))


def aggressive(study):
    return _stages(study, "aggressive.yaml", ("baseline", "tiny", None))


def _stages(study, scenario, keys):
    """After each stage: what is stated, ours, and each stage's share of the whole change in latency."""
    cases = [case for case in study.sweep(scenario) if case["network"] == "teacher"]
    laptop, phone = ([case for case in cases if case["platform"] == name] for name in ("laptop", "phone"))
    rows = []
    for index, (here, there, key) in enumerate(zip(laptop, phone, keys)):
        prefix = f"stage.{key}" if f"stage.{key}.size" in study.figures else key
        rows.append((here["stage"], study.stated(f"{prefix}.size"), mib(here["size_bytes"]),
                     study.stated(f"{prefix}.latency"), time(here["latency_s"]), _share(laptop, index),
                     time(there["latency_s"]), _share(phone, index), energy(there["energy_j"]),
                     study.stated(f"{prefix}.accuracy")))
    return table(("after", "size, stated", "ours", "latency, stated", "laptop", "of the change", "phone",
                  "of the change", "energy, phone", "accuracy, stated"), rows)


def _share(cases, index):
    if index == 0:
        return "–"
    step = cases[index]["latency_s"] - cases[index - 1]["latency_s"]
    return percent(step / (cases[-1]["latency_s"] - cases[0]["latency_s"]))


def audit(study):
    return audit_table(study)
