#!/usr/bin/env python3
"""docs/json_schema.md is what the published schemas (reports/schemas/) say, as tables.

    tests/json_schema_page.py            compare the page with a fresh one
    tests/json_schema_page.py --write    put the fresh one in (./dev docs)
"""
import difflib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "json_schema.md"
ORDER = ["predict", "inspect", "operators", "platform", "platforms", "validate", "scale", "sweep", "sweep_columns",
         "frontier", "recommend", "solve", "explain", "compare", "audit"]
HEAD = """# The JSON that Roofbeam writes

Written by `./dev docs` from the JSON Schemas (draft 2020-12) in [reports/schemas](../reports/schemas), which tests hold against what the
program writes. `roofbeam schemas` lists them, `roofbeam schemas show predict` prints one as a single file, and an installed Roofbeam has
them in `share/roofbeam/schemas`. To check a file with Python's jsonschema:

```sh
roofbeam schemas show predict > predict.schema.json
python3 -m jsonschema -i forecast.json predict.schema.json
```

Numbers are in SI units, the unit is the end of the key (`_s` seconds, `_j` joules, `_w` watts, `_hz` hertz, `_bytes`), and have as
many digits as it takes to read back the same bits. A MAC is one multiply-add, two FLOPs. `null` stands for what is unknown. The same
input gives the same bytes. New keys may appear within a version of a schema; a key never changes its meaning without a new version.
Every key is always there unless its type says "may be absent". In the tables, `a.b` is the key `b` of the object `a`, and `a[].b`
that of each object in the list `a`.
"""
WORDS = {"null": "`null`", "string": "text", "integer": "whole number", "boolean": "true or false"}


def load():
    files = {path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
             for path in (ROOT / "reports" / "schemas").glob("*.schema.json")}
    assert set(files) == {*ORDER, "common"}, "ORDER names every schema"
    return files


class Page:
    """Sections in ORDER; a part that several schemas share stands with the first that needs it."""

    def __init__(self, files):
        self.files = files
        self.shown = set()

    def text(self):
        return HEAD + "".join(map(self.section, ORDER))

    def section(self, name):
        document = self.files[name]
        more = f" More: [{name}]({name}.md)." if (ROOT / "docs" / f"{name}.md").exists() else ""
        return (f"\n## `roofbeam.{name}/1`: `{document['title']}`\n\n{document['description']}{more}\n\n"
                + self.table(document, document) + "".join(self.parts(document, document)))

    def parts(self, schema, document):
        """The tables of what a schema leads to, each with what it leads to in turn."""
        for name in names_in(schema):
            part = self.part(name, document)
            if has_table(part) and not self.is_inline(name, document) and part["title"] not in self.shown:
                self.shown.add(part["title"])
                said = f"{part['description']}\n\n" if "description" in part else ""
                yield f"\n### {part['title']}\n\n{said}{self.table(part, document)}"
            elif part["title"] in self.shown:
                continue
            yield from self.parts(part, document)

    def part(self, name, document):
        """No name is both in a schema and in the common file."""
        return document.get("$defs", {}).get(name) or self.files["common"]["$defs"][name]

    def is_inline(self, name, document):
        """Small things that stand in one place: their keys are rows of the table around them."""
        part = self.part(name, document)
        small = "allOf" not in part and len(part.get("properties", {})) <= 6
        return (small and has_table(part) and self.stands_once(name, document) and all(
            self.is_inline(inner, document) or not has_table(self.part(inner, document)) for inner in names_in(part)))

    def stands_once(self, name, document):
        """Whether one key leads to it, and nothing else does."""
        is_common = name in self.files["common"]["$defs"]
        within = list(self.files.values()) if is_common else [document]
        mentions = sum(json.dumps(one).count(f'#/$defs/{name}"') for one in within)
        tables = [table for one in within for table in (one, *one.get("$defs", {}).values())]
        return mentions == 1 and any(name in names_in(table.get("properties", {})) for table in tables)

    # --- tables ---

    def table(self, schema, document):
        lines = ["| key | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| {keys} | {kind} | {meaning} |" for keys, kind, meaning in self.rows(schema, document)]
        return "\n".join(lines) + "\n"

    def rows(self, schema, document, before=""):
        own = {**schema.get("properties", {})}
        if "schema" in own:
            yield self.row("schema", own.pop("schema"), schema, document)
        for mixin in schema.get("allOf", []):
            name = name_of(mixin)
            part = self.part(name, document)
            yield ", ".join(map(code, self.keys(part, document))), "", f"as in {link(part)}"
        for key, one in own.items():
            yield self.row(before + key, one, schema, document)
            for name in names_in(one):
                if self.is_inline(name, document):
                    inside = f"{before}{key}[]." if one.get("type") == "array" else f"{before}{key}."
                    yield from self.rows(self.part(name, document), document, inside)

    def row(self, key, one, schema, document):
        kind = self.type_text(one, document)
        is_there = key.rpartition(".")[2] in schema.get("required", [])
        return code(key), kind if is_there else f"{kind}; may be absent", one["description"].replace("|", "\\|")

    def keys(self, schema, document):
        for mixin in schema.get("allOf", []):
            yield from self.keys(self.part(name_of(mixin), document), document)
        yield from schema.get("properties", {})

    # --- types ---

    def type_text(self, schema, document, many=False):
        if "$ref" in schema:
            part = self.part(name_of(schema), document)
            if self.is_inline(name_of(schema), document):
                return "objects" if many else "object"
            return link(part) if has_table(part) else self.type_text(part, document, many)
        if "enum" in schema:
            return ", ".join(map(code, schema["enum"]))
        if "const" in schema:
            return code(schema["const"])
        if "anyOf" in schema:
            return " or ".join(self.type_text(option, document, many) for option in schema["anyOf"])
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return " or ".join(self.one_type(word, schema, document, many) for word in types)

    def one_type(self, word, schema, document, many):
        if word == "array":
            inner = self.type_text(schema["items"], document, True)
            return "[low, high]" if schema.get("maxItems") == 2 else f"list{'s' if many else ''} of {together(inner)}"
        if word == "object":
            return f"map to {together(self.type_text(schema['additionalProperties'], document, True))}"
        plural = "s" if many and word in ("number", "integer") else ""
        return WORDS.get(word, word) + plural + (bounds(schema) if word in ("number", "integer") else "")


def name_of(reference):
    return reference["$ref"].rpartition("/")[2]


def names_in(schema):
    """Names of the parts that a schema leads to, in order."""
    if isinstance(schema, list):
        return [name for inner in schema for name in names_in(inner)]
    if not isinstance(schema, dict):
        return []
    here = [name_of(schema)] if "$ref" in schema else []
    return here + [name for key, inner in schema.items() if key != "$defs" for name in names_in(inner)]


def has_table(schema):
    return "properties" in schema or "allOf" in schema


def code(value):
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def link(part):
    title = part["title"]
    anchor = re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
    return f"[{title[0].lower()}{title[1:]}](#{anchor})"


def together(kind):
    return f"({kind})" if " or `" in kind else kind


def bounds(schema):
    low, high = schema.get("minimum"), schema.get("maximum")
    if high is not None:
        return f" from {low} to {high}" if low is not None else f" up to {high}"
    return f" from {low}" if low else ""


def main():
    fresh = Page(load()).text()
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if text == fresh:
        return 0
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(fresh, encoding="utf-8")
        print("docs/json_schema.md: updated", file=sys.stderr)
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        text.splitlines(True), fresh.splitlines(True), "docs/json_schema.md", "what the schemas say now"))
    print("To bring the page up to date: ./dev docs")
    return 1


if __name__ == "__main__":
    sys.exit(main())
