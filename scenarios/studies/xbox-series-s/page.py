"""Tables of the page of xbox-series-s; see ../study.py."""

from study import audit_table, close, digits, energy, interval, one, percent, ratio, size, table, time, verdict

NETWORKS = {"resnet18": "resnet18", "yolo-tiny": "tiny_yolo_v3_coco416"}
KEYS = {"resnet18": "resnet18", "yolo-tiny": "yolo"}
ON_CONSOLE = ("xbox-series-s", "--engine", "gpu")


def sizes(study):
    rows = []
    for name, network in NETWORKS.items():
        parameters = study.inspect(network)["totals"]["parameters"]
        for precision, bytes_each, key in (("fp32", 4, f"{KEYS[name]}.size"), ("fp16", 2, f"{KEYS[name]}.optimized.size"),
                                           ("int8", 1, "")):
            ours = bytes_each * parameters
            rows.append((name, precision, study.stated(key), f"{ours / 2**20:.1f} MiB",
                         close(study.value(key), ours / 2**20 * 1e6, 0.01)))
    return table(("network", "precision", "stated", "ours", "agree within 1 %"), rows, left=2)


def latencies(study):
    cases, rows = study.sweep("console.yaml"), []
    for name in NETWORKS:
        for precision, key in (("fp32", f"{KEYS[name]}.latency"), ("fp16", f"{KEYS[name]}.optimized.latency")):
            case = one(cases, network=name, network__precision=precision, run__batch=1, network__fusion="on")
            rows.append((name, precision, study.stated(key), time(case["latency_s"]), interval(case),
                         verdict(study.value(key), case), energy(case["energy_j"])))
    return table(("network", "precision", "stated", "ours", "80 % between", "inside", "energy"), rows, left=2)


def memory(study):
    rows = []
    for name, network in NETWORKS.items():
        for precision, key in (("fp32", f"{KEYS[name]}.memory"), ("fp16", f"{KEYS[name]}.optimized.memory")):
            p = study.predict(network, *ON_CONSOLE, "--precision", precision)
            rows.append((name, precision, study.stated(key), size(p["arena_bytes"]), size(p["unpooled_bytes"]),
                         percent(1 - p["arena_bytes"] / p["unpooled_bytes"]), size(p["peak_memory_bytes"])))
    return table(("network", "precision", "stated", "in one arena", "each in its place", "saved", "with weights"), rows,
                 left=2)


def batches(study):
    cases, rows = study.sweep("console.yaml"), []
    for name in NETWORKS:
        for precision in ("fp32", "fp16"):
            row = [name, precision]
            for batch in (1, 2, 4, 8):
                case = one(cases, network=name, network__precision=precision, run__batch=batch, network__fusion="on")
                row.append(f"{time(case['latency_s'])}, {digits(case['throughput_per_s'])}/s")
            rows.append(row)
    return table(("network", "precision", "batch 1", "2", "4", "8"), rows, left=2)


def fusion(study):
    cases, rows = study.sweep("console.yaml"), []
    for name in NETWORKS:
        for precision in ("fp32", "fp16"):
            on, off = (one(cases, network=name, network__precision=precision, run__batch=1, network__fusion=word)
                       for word in ("on", "off"))
            rows.append((name, precision, time(off["latency_s"]), time(on["latency_s"]),
                         ratio(off["latency_s"] / on["latency_s"]), size(off["arena_bytes"]), size(on["arena_bytes"])))
    return table(("network", "precision", "each by itself", "fused", "faster", "activations", "fused"), rows, left=2)


WAVE_NETWORKS = {**NETWORKS, "mobilenet-v2": "mobilenet_v2_1.0_224"}
WAVE_RUNTIMES = {64: "directml", 32: "directml-wave32.yaml"}


def waves(study):
    cases, rows = study.sweep("waves.yaml"), []
    for name, network in WAVE_NETWORKS.items():
        wide, narrow = (one(cases, network=name, runtime=f"waves of {lanes}") for lanes in (64, 32))
        rows.append((name, _lanes_at_work(study, network, 64), _lanes_at_work(study, network, 32),
                     time(wide["latency_s"]), time(narrow["latency_s"]),
                     percent(1 - narrow["latency_s"] / wide["latency_s"], 1)))
    return table(("network", "lanes at work, 64", "32", "latency, 64", "32", "less time"), rows)


def _lanes_at_work(study, network, lanes):
    """Of depthwise convolutions and matrix-vector products, which are dealt out in waves."""
    layers = study.predict(network, *ON_CONSOLE, "--runtime", WAVE_RUNTIMES[lanes])["layers"]
    dealt = [layer for layer in layers if layer["algorithm"] in ("depthwise", "gemv")]
    issued = sum(layer["macs"] / layer["tile_use"] for layer in dealt)
    return percent(sum(layer["macs"] for layer in dealt) / issued) if issued else "–"


def loading(study):
    rows = []
    for name, network in NETWORKS.items():
        for precision in ("fp32", "fp16", "int8"):
            p = study.predict(network, *ON_CONSOLE, "--precision", precision)
            cold = p["loading"]
            rows.append((name, precision, time(cold["load_s"]), time(cold["first_whole_s"]),
                         time(cold["first_sections_s"]), size(p["peak_memory_bytes"]),
                         size(cold["section_memory_bytes"]),
                         percent(p["peak_memory_bytes"] / study.value("machine.memory_available"), 1)))
    return table(("network", "precision", "load", "first result", "by sections", "RAM", "by sections",
                  "of the 8 GB"), rows, left=2)


def pruning(study):
    cases, rows = study.sweep("pruning.yaml"), []
    for case in cases:
        rows.append((case["network"], case["network.precision"], case["network.sparsity"], time(case["latency_s"]),
                     size(case["size_bytes"])))
    return table(("network", "precision", "zeroes", "latency", "stored"), rows, left=2)


def utilisation(study):
    rows = []
    for name, network in NETWORKS.items():
        for precision in ("fp32", "fp16"):
            p = study.predict(network, *ON_CONSOLE, "--precision", precision)
            use = p["utilisation"]
            dram = next(level["share"] for level in use["bandwidths"] if level["level"] == "DRAM")
            rows.append((name, precision, percent(use["simd"]), percent(use["caches"]), percent(dram),
                         f"{p['bound']} {percent(p['bound_share'])}"))
    return table(("network", "precision", "SIMD", "caches", "DRAM bandwidth", "bound by"), rows, left=2)


def audit(study):
    return audit_table(study)
