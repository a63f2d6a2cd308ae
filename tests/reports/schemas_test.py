"""All JSON that the program writes is as its published schema says (reports/schemas/).

    tests/reports/schemas_test.py build/dev/roofbeam

Here no object may have a key that its schema lacks; the published schemas leave room for new ones. Needs Python's
jsonschema (Debian: python3-jsonschema); where that is missing, the test ends with 77 and says so.
"""
import copy
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT / "reports" / "schemas"
DEBIAN = "/usr/bin/python3"  # Debian's packages are for this one, whichever comes first on the PATH
PROGRAM = ""

try:
    from jsonschema import Draft202012Validator as Validator
except ImportError:
    if os.path.exists(DEBIAN) and not os.path.samefile(sys.executable, DEBIAN):
        os.execv(DEBIAN, [DEBIAN, *sys.argv])
    print("skipped: Python's jsonschema is missing (Debian: python3-jsonschema)")
    sys.exit(77)

FILES = {
    "cases.csv": """network,platform,latency_s,energy_j,accuracy,latency_deviation,fits
slim,phone,0.005,0.02,0.66,0.3,true
wide,phone,0.010,0.05,0.72,0.3,true
slim,board,0.25,0.09,,0.2,true
wide,board,0.9,0.3,0.72,0.2,false
""",
    "infinite.csv": "name,ms,top 1\na,1,70 %\nb,inf,80 %\nc,2,\nd,3,60 %\n",
    "there.csv": """network,platform,runtime,threads,precision,latency_ms
ncnn/mobilenet,raspberry-pi-5,ncnn,1,fp32,200
ncnn/resnet18,raspberry-pi-5,ncnn,1,fp32,500
""",
    "measured.yaml": """- network: ncnn/mobilenet
  platform: raspberry-pi-3b-plus
  runtime: ncnn
  threads: 1
  precision: fp32
  latency: 300 ms
  layers:
    - {name: stem, op: Convolution, time: 10 ms}
    - {name: block1/pointwise, op: Convolution, time: 5 ms}
- {network: ncnn/resnet18, platform: raspberry-pi-3b-plus, runtime: ncnn, threads: 1, precision: fp32, latency: 900 ms}
- {network: ncnn/squeezenet, platform: raspberry-pi-3b-plus, runtime: ncnn, threads: 1, precision: fp32, energy: 40 mJ}
""",
    "energy.yaml":
        "- {network: ncnn/squeezenet, platform: raspberry-pi-3b-plus, runtime: ncnn, precision: fp32, energy: 40 mJ}\n",
    "unknown_energy.yaml":
        "- {network: ncnn/squeezenet, platform: allwinner-d1, runtime: ncnn, precision: fp32, latency: 90 ms, energy: 40 mJ}\n",
    "unknown.yaml": """scenario: unknown
networks: [{name: small, onnx: NETWORKS/mobilenet_v2_0.35_128.onnx}]
platforms: [allwinner-d1]
pipeline: [{stage: fewer bits, network.precision: int8}]
objectives: [min latency]
""",
    "nothing.yaml": """scenario: nothing
networks: [{name: view, onnx: DATA/view.onnx}]
platforms: [cortex-a78]
require: [power <= 1 W]
objectives: [min latency]
""",
    "no_latency.csv": "network,platform,accuracy,fits\nslim,phone,0.66,true\nwide,phone,0.72,true\n",
    "late.yaml": """scenario: late
networks: [{name: small, onnx: NETWORKS/mobilenet_v2_0.35_128.onnx}]
platforms: [cortex-m7, cortex-a78]
pipeline:
  - {stage: fewer bits, network.precision: fp16}
require: [latency <= 1 us, accuracy >= 70 %]
objectives: [min latency, max accuracy]
""",
}

NET = "NETWORKS/mobilenet_v2_0.35_128.onnx"
NO_POWER = "allwinner-d1"  # and no energy: unknown
NO_ENERGY = " ".join(f"--set '{path}=0 {unit}'" for path, unit in [
    ("energy.idle", "W"), ("engines.cpu.energy.core_active", "W"), ("engines.cpu.energy.mac.int8", "pJ"),
    *((f"memory.{level}.energy", "pJ/B") for level in ("L1", "DTCM", "SRAM", "flash"))])
ON_A78 = f"{NET} -p cortex-a78"
# Schema of what is written, and the arguments; a file after > keeps it for what comes later.
RUNS = [
    ("predict", "predict NETWORKS/mobilenet_v2_1.0_224.onnx"),
    ("predict", "predict DATA/gemm_relu.onnx -p apple-m1,xbox-series-s --engine gpu --batch 4"),
    ("predict", "predict DATA/unknown_operators.onnx"),
    ("predict", "predict DATA/loop.onnx --trips loop=3"),
    ("predict", "predict DATA/arithmetic.onnx --dim batch=1 --dim width=4 -p cortex-a78"),
    ("predict", f"predict {NET} --rewrite resolution=96 --rewrite 'precision={{weights: int8}}' -p raspberry-pi-5"),
    ("predict", "predict NETWORKS/vgg16.onnx -p cortex-m7"),  # does not fit
    ("predict", "predict NETWORKS/resnet18.onnx -p apple-m1 --set 'energy.budget=3 W'"),  # throttled
    ("predict", f"predict {ON_A78} > a.json"),
    ("predict", f"predict NETWORKS/mobilenet_v2_0.35_160.onnx -p cortex-a78 --precision int8 > b.json"),
    ("predict", "predict DATA/view.onnx -p cortex-a78"),  # takes no time
    ("predict", f"predict {NET} -p {NO_POWER}"),
    (None, "calibrate there.csv --networks NETWORKS -o overlay.yaml"),
    ("predict", "predict NETWORKS/ncnn/mobilenet.onnx -p raspberry-pi-5 --runtime ncnn --threads 1 --calibration overlay.yaml"),
    ("inspect", "inspect NETWORKS/bert_tiny_s128.onnx"),
    ("inspect", "inspect NETWORKS/mobilenet_v2_1.0_224.onnx --rewrite width=0.5"),
    ("inspect", "inspect DATA/gemm_relu.onnx"),
    ("inspect", "inspect DATA/loop.onnx"),
    ("inspect", "inspect DATA/unknown_operators.onnx"),
    ("inspect", "inspect DATA/symbolic_batch.onnx --dim batch=2"),
    ("operators", "operators"),
    ("operators", "operators --domain ai.onnx.ml"),
    ("platform", "platforms show apple-m1"),
    ("platform", "platforms show cortex-m7"),
    ("platform", "platforms show xbox-series-s"),
    ("platform", f"platforms show {NO_POWER}"),
    ("platforms", "platforms list"),
    ("validate", "validate MEASURED/mlperf_tiny.csv --networks NETWORKS"),
    ("validate", "validate MEASURED/mlperf_tiny_energy.csv --networks NETWORKS"),
    ("validate", "validate measured.yaml --networks NETWORKS"),
    ("validate", "validate unknown_energy.yaml --networks NETWORKS"),
    ("validate", "validate energy.yaml --networks NETWORKS"),
    ("scale", "scale measured.yaml --networks NETWORKS --to raspberry-pi-5"),
    ("scale", "scale measured.yaml --networks NETWORKS --to raspberry-pi-5 --measured there.csv --known ncnn/mobilenet"),
    ("sweep", "sweep EXAMPLES/ship-mobilenet.yaml"),
    ("sweep", "sweep EXAMPLES/ship-mobilenet.yaml --keep-all --require 'accuracy >= 70 %'"),
    ("sweep", "sweep EXAMPLES/compress-mobilenet.yaml"),
    ("sweep", "sweep late.yaml --keep-all"),
    ("sweep", "sweep nothing.yaml --keep-all"),
    ("sweep", "sweep STUDIES/xbox-series-s/pruning.yaml --keep-all"),
    ("sweep_columns", "sweep EXAMPLES/ship-mobilenet.yaml --keep-all --format columns"),
    ("sweep", f"sweep {NET} -p {NO_POWER} --keep-all"),
    ("sweep_columns", f"sweep {NET} -p {NO_POWER} --keep-all --format columns"),
    ("sweep", "sweep unknown.yaml"),
    ("sweep_columns", "sweep unknown.yaml --format columns"),
    ("sweep_columns", "sweep late.yaml --format columns"),
    ("sweep_columns", "sweep nothing.yaml --format columns"),
    ("frontier", "frontier cases.csv --objectives latency_s,'max accuracy' --row 3 --row 1"),
    ("frontier", "frontier infinite.csv --objectives 'min ms,max top 1' --row 3 --row 4"),
    ("frontier", "frontier infinite.csv --objectives 'max ms'"),
    ("recommend", "recommend --table cases.csv --for latency"),
    ("recommend", "recommend --table cases.csv --order accuracy,latency --each platform --require 'latency <= 200 ms, accuracy >= 60 %'"),
    ("recommend", "recommend --table no_latency.csv --for accuracy --require 'latency <= 1 s'"),
    ("recommend", "recommend EXAMPLES/ship-mobilenet.yaml"),
    ("solve", f"solve 'latency <= 1 ms' {ON_A78} --vary memory.DRAM.bandwidth"),
    ("solve", f"solve 'latency <= 1 ns' {ON_A78} --vary memory.DRAM.bandwidth"),  # none
    ("solve", f"solve 'latency <= 9 s, fits' {ON_A78} --vary run.threads"),  # all
    ("solve", f"solve 'latency <= 1 s' {ON_A78} --vary run.precision=fp32,int8,bf16 --minimise energy"),
    ("solve", f"solve 'latency <= 1 ms' {ON_A78} --vary network.resolution=64,96,128,160"),
    ("solve", f"solve 'latency <= 9 ms, memory <= 16 MiB' {ON_A78} --vary run.batch"),
    ("solve", "solve 'power <= 1 W' DATA/view.onnx -p cortex-a78 --vary run.batch"),
    ("explain", f"explain {ON_A78}"),
    ("explain", f"explain DATA/gemm_relu.onnx -p cortex-m7 {NO_ENERGY}"),
    ("explain", "explain DATA/view.onnx -p cortex-a78"),
    ("explain", f"explain {NET} -p {NO_POWER}"),
    ("explain", f"explain {NET} -p cortex-m7"),
    ("explain", "explain NETWORKS/resnet50.onnx -p xbox-series-s --engine gpu --batch 2"),
    ("compare", "compare a.json b.json --fail-on 'latency > -90 %'"),
    ("compare", f"compare {ON_A78} --b-runtime ncnn"),
    ("compare", f"compare {NET} NETWORKS/squeezenet1_1.onnx -p cortex-a78"),
    ("compare", "compare DATA/view.onnx -p cortex-a78 --b-precision int8"),
    ("compare", f"compare {ON_A78} --b-platform raspberry-pi-5"),
    ("audit", "audit STUDIES/mobilenet-v2-int8/claims.yaml STUDIES/xbox-series-s/claims.yaml"),
    ("audit", "audit --flops 600M --macs 200M"),
]
FOLDERS = {"NETWORKS": "networks", "DATA": "tests/data", "MEASURED": "scenarios/measurements",
           "EXAMPLES": "scenarios/examples", "STUDIES": "scenarios/studies"}


# --- schemas as graphs ---

def target(schema, document):
    """What a $ref within the document leads to; other schemas as they are."""
    return document["$defs"][schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else schema


def keys_of(schema, document):
    """All keys that a schema of an object describes, or None for what is not one or takes any."""
    here = target(schema, document)
    parts = [keys_of(part, document) for part in here.get("allOf", [])]
    if "additionalProperties" in here or not ("properties" in here or parts):
        return None
    return list(here.get("properties", {})) + [key for part in parts for key in part]


def schemas_in(schema):
    """The schemas directly inside one, but those of allOf: they describe the same object."""
    inside = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    inside += [schema[word] for word in ("items", "additionalProperties") if isinstance(schema.get(word), dict)]
    return inside


def closed(document):
    """A copy in which no object may have a key that is not described."""
    document = copy.deepcopy(document)

    def close(schema, is_part):
        keys = None if is_part else keys_of(schema, document)
        if keys is not None:
            schema["propertyNames"] = {"enum": keys}
        for inner in schemas_in(schema):
            close(inner, False)
    close(document, False)
    for part in document.get("$defs", {}).values():
        close(part, True)
    return document


def properties_of(document):
    """(words to find it, key, schema) of every key that a document describes."""
    for name, part in [("", document), *document.get("$defs", {}).items()]:
        for key, schema in part.get("properties", {}).items():
            yield f"{name}.{key}" if name else key, key, schema


def visit(schema, value, document, seen, path=()):
    """Calls seen(schema, value, path) for each value and each schema that describes it."""
    here = target(schema, document)
    seen(here, value, path)
    for part in here.get("allOf", []):
        visit(part, value, document, seen, path)
    for option in here.get("anyOf", []):
        if Validator({**option, "$defs": document["$defs"]}).is_valid(value):
            visit(option, value, document, seen, path)
    if isinstance(value, dict):
        for key, inner in value.items():
            described = here.get("properties", {}).get(key, here.get("additionalProperties"))
            if described is not None:
                seen(described, inner, (*path, key))
                visit(described, inner, document, seen, (*path, key))
    elif isinstance(value, list) and "items" in here:
        for index, inner in enumerate(value):
            visit(here["items"], inner, document, seen, (*path, index))


def may_be_null(schema):
    types = schema.get("type", [])
    return "null" in types if isinstance(types, list) else any(may_be_null(option) for option in schema.get("anyOf", []))


# --- complaints ---

def deepest(error):
    """Of the ways in which none of anyOf holds, the one that comes furthest."""
    while error.context:
        error = max(error.context, key=lambda inner: (len(inner.absolute_path), -len(str(inner.message))))
    return error


def complaint(name, error):
    error = deepest(error)
    place = "/".join(map(str, error.absolute_path)) or "the document"
    said = error.message
    if "propertyNames" in error.absolute_schema_path:
        said = f"key {error.instance!r} is not described; add it, with a sentence"
    return f"reports/schemas/{name}.schema.json: {place}: {said}"


# --- wrong copies ---

def put(document, path, value):
    """A copy with another value at a path, sharing the rest."""
    if not path:
        return value
    changed = copy.copy(document)
    changed[path[0]] = put(document[path[0]], path[1:], value)
    return changed


def without(document, path):
    changed = copy.copy(document)
    if len(path) == 1:
        del changed[path[0]]
    else:
        changed[path[0]] = without(document[path[0]], path[1:])
    return changed


class Schemas(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        for name, text in FILES.items():
            (cls.folder / name).write_text(cls.in_full(text))
        cls.files = {path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
                     for path in sorted(SCHEMAS.glob("*.schema.json"))}
        cls.names = [name for name in cls.files if name != "common"]
        cls.shown = {name: json.loads(cls.output_of(["schemas", "show", name])) for name in cls.names}
        cls.outputs = [(name, run, cls.written(run, name)) for name, run in RUNS]
        cls.outputs = [(name, run, output) for name, run, output in cls.outputs if name]

    @staticmethod
    def in_full(text):
        for word, folder in FOLDERS.items():
            text = text.replace(word, str(ROOT / folder))
        return text

    @classmethod
    def output_of(cls, arguments):
        result = subprocess.run([PROGRAM, *arguments], cwd=cls.folder, capture_output=True)
        if result.returncode not in (0, 3):  # 3: --fail-on
            raise AssertionError(f"{' '.join(arguments)}: {result.stderr.decode()}")
        return result.stdout.decode()

    @classmethod
    def written(cls, run, name):
        run, kept = re.fullmatch(r"(.+?)(?: > (\S+))?", run).groups()
        words = shlex.split(cls.in_full(run))
        if name and "--format" not in words:
            words += ["--format", "json"]
        text = cls.output_of(words)
        if kept:
            (cls.folder / kept).write_text(text)
        return json.loads(text) if name else None

    # --- the schemas themselves ---

    def test_schemas_are_schemas_and_every_key_has_a_sentence(self):
        for name, schema in self.files.items():
            with self.subTest(name):
                Validator.check_schema(schema)
                self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
                self.assertEqual(schema["$id"], f"urn:roofbeam:schema:{name}:1")
                self.assertEqual([at for at, _, one in properties_of(schema) if not one.get("description")], [])
                self.assertEqual([part for part, one in schema.get("$defs", {}).items() if not one.get("title")], [])

    def test_a_schema_names_itself_its_command_and_all_keys_that_are_always_there(self):
        optional = {"validate": {"energy"}, "sweep": {"pipelines"}, "sweep_columns": {"pipelines"}}
        for name in self.names:
            with self.subTest(name):
                schema = self.files[name]
                self.assertEqual(schema["properties"]["schema"]["const"], f"roofbeam.{name}/1")
                self.assertTrue(schema["title"].startswith("roofbeam "), schema["title"])
                self.assertTrue(schema["description"].endswith("."), schema["description"])
                for part in (schema, *schema.get("$defs", {}).values()):
                    left_out = set(part.get("properties", {})) - set(part.get("required", []))
                    self.assertEqual(left_out, optional.get(name, set()) if part is schema else set())

    def test_the_end_of_a_key_is_its_unit_so_it_is_a_number(self):
        unit = re.compile(r"_(s|j|w|hz|bytes)$|_per_(s|byte)$")
        def numeric(schema, document):
            schema = target(schema, document)
            types = schema.get("type")
            inner = [schema[word] for word in ("items", "additionalProperties") if word in schema]
            inner += [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
            if inner:
                return all(numeric(one, document) for one in inner)
            return set([types] if isinstance(types, str) else types or []) <= {"number", "integer", "null"} and types
        for name, schema in self.shown.items():
            for at, key, one in properties_of(schema):
                if unit.search(key):
                    self.assertTrue(numeric(one, schema), f"{name}: {at}")

    def test_a_schema_is_shown_as_one_document_that_says_the_same(self):
        common = self.files["common"]["$defs"]
        for name in self.names:
            with self.subTest(name):
                self.assertEqual(set(self.files[name].get("$defs", {})) & set(common), set())
                text = json.dumps(self.files[name]).replace(self.files["common"]["$id"] + "#", "#")
                expected = json.loads(text)
                shown = copy.deepcopy(self.shown[name])
                taken = set(shown["$defs"]) - set(expected.get("$defs", {}))
                expected.setdefault("$defs", {}).update({part: common[part] for part in taken})
                self.assertEqual(shown, expected)
                wanted = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(shown)))
                self.assertEqual(wanted, set(shown["$defs"]), "parts that are used, parts that are there")

    def test_every_part_of_the_common_file_is_used(self):
        used = set().union(*(shown["$defs"] for shown in self.shown.values()))
        self.assertEqual(set(self.files["common"]["$defs"]) - used, set())

    def test_every_json_that_reports_write_has_a_schema(self):
        written = set()
        for path in (ROOT / "reports").glob("*.cpp"):
            written |= set(re.findall(r'"roofbeam\.(\w+)/1"', path.read_text(encoding="utf-8")))
        self.assertEqual(written, set(self.names))
        lines = self.output_of(["schemas"]).splitlines()[1:]
        listed = [line.split()[0] for line in lines if not line.startswith(" ")]  # the others go on
        self.assertEqual(listed, self.names)

    # --- outputs ---

    def test_every_output_is_as_its_schema_says(self):
        validators = {name: Validator(closed(schema)) for name, schema in self.shown.items()}
        for name, run, output in self.outputs:
            with self.subTest(run):
                complaints = [complaint(name, error) for error in itertools.islice(validators[name].iter_errors(output), 5)]
                self.assertEqual(complaints, [])

    def test_every_key_of_every_schema_was_written_and_every_null_too(self):
        self.assertEqual({name for name, _, _ in self.outputs}, set(self.names))
        common = self.files["common"]["$defs"]
        wanted, keys = set(), {}  # key of a schema -> its name, one for all that share it
        for name, schema in self.shown.items():
            for at, _, one in properties_of(schema):
                part, dot, _ = at.partition(".")
                key = f"{'common' if dot and part in common else name}: {at}"
                keys[id(one)] = key
                wanted |= {(key, "a value"), (key, "null")} if may_be_null(one) else {(key, "a value")}
        for name, _, output in self.outputs:
            visit(self.shown[name], output, self.shown[name], lambda schema, value, _path:
                  wanted.discard((keys.get(id(schema)), "null" if value is None else "a value")))
        self.assertEqual(sorted(f"{key} is never {what}" for key, what in wanted), [])

    def test_an_output_with_a_key_less_a_key_more_or_another_type_is_noticed(self):
        smallest = {}
        for name, _, output in sorted(self.outputs, key=lambda one: len(json.dumps(one[2]))):
            smallest.setdefault(name, output)
        for name, output in smallest.items():
            document = self.shown[name]
            validator = Validator(closed(document))
            places = {}
            visit(document, output, document,
                  lambda schema, value, path: places.setdefault(id(schema), (schema, value, path)))
            for schema, value, path in places.values():
                with self.subTest(name, at="/".join(map(str, path))):
                    self.assertFalse(validator.is_valid(put(output, path, {"": []} if value != {} else [])))
                    for key in schema.get("required", []):
                        self.assertFalse(validator.is_valid(without(output, (*path, key))), key)
                    if schema.get("properties") and "additionalProperties" not in schema:
                        self.assertFalse(validator.is_valid(put(output, path, {**value, "more": 1})))


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
