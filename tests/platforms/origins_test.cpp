// Every number that ships has an origin: a figure nobody can trace is a figure nobody can trust.
#include <doctest/doctest.h>

#include <cctype>
#include <string>
#include <vector>

#include "platforms/catalog.hpp"
#include "platforms/cores.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"
#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using config::Node;

bool is_number(const Node& node) {
  if (node.kind != Node::Kind::scalar || node.scalar.empty()) return false;
  const char first = node.scalar[0] == '-' || node.scalar[0] == '.' ? '0' : node.scalar[0];
  return std::isdigit(static_cast<unsigned char>(first)) != 0;
}

// True if a map states where its numbers come from.
bool has_origin(const Node& map) {
  const Node* kind = map.find("kind");
  const Node* source = map.find("source");
  if (kind == nullptr || source == nullptr || source->scalar.size() < 5) return false;
  for (const char* word : {"datasheet", "measured", "derived", "estimated", "fitted"}) {
    if (kind->scalar == word) return true;
  }
  return false;
}

// Adds the path of every number without origin. What a kernel is for (`match`) and which kernels
// there are (`outputs`) are no figures.
void walk(const Node& node, const std::string& path, bool sourced,
          std::vector<std::string>& missing, int& numbers) {
  if (is_number(node)) {
    ++numbers;
    if (!sourced) missing.push_back(path);
  }
  for (const Node& item : node.items) walk(item, path + "[]", false, missing, numbers);
  for (const config::Entry& entry : node.entries) {
    if (entry.key == "match" || entry.key == "outputs" || entry.key == "title" ||
        entry.key == "source")
      continue;
    walk(entry.value, path + "." + entry.key, has_origin(node), missing, numbers);
  }
}

void check_origins(const std::string& name, const std::string& text, int at_least) {
  std::vector<std::string> missing;
  int numbers = 0;
  walk(config::parse(text, name), name, false, missing, numbers);
  CAPTURE(name);
  CHECK(missing == std::vector<std::string>{});
  CHECK(numbers >= at_least);
}

TEST_CASE("every number of every platform in the catalogue has an origin") {
  for (const std::string& name : catalog_platforms()) check_origins(name, platform_text(name), 1);
}

TEST_CASE("every number of every core has an origin") {
  for (const CoreType& core : catalog_cores()) {
    check_origins(core.name, text(core_catalog(), core.name), 0);
  }
}

TEST_CASE("every number of every runtime has an origin") {
  for (const std::string& name : catalog_runtimes()) {
    const std::string text = runtime_text(name);
    const bool variant = text.find("\nextends:") != std::string::npos;
    check_origins(name, text, variant ? 1 : 30);
  }
}

TEST_CASE("the walk finds a number without an origin") {
  std::vector<std::string> missing;
  int numbers = 0;
  walk(config::parse("a: {kind: cpu, cores: 4}\nb: {value: 1, kind: measured, source: a paper}\n",
                     "x.yaml"),
       "x", false, missing, numbers);
  CHECK(missing == std::vector<std::string>{"x.a.cores"});
  CHECK(numbers == 2);
}

}  // namespace
}  // namespace roofbeam
