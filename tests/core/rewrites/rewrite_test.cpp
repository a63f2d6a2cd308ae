#include "core/rewrites/rewrite.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/core/rewrites/small_networks.hpp"
#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

Network one_relu() {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 3, 8, 8});
  return sketch.build({sketch.add("relu", "Relu", {x})});
}

TEST_CASE("rewrites are sorted and say what they do") {
  CHECK(std::ranges::is_sorted(rewrites(), {}, &RewriteRow::key));
  for (const auto& row : rewrites()) CHECK(row.sentence.ends_with('.'));
}

TEST_CASE("without rewrites a network stays") {
  CHECK(made_by(rewritten(one_relu(), {}), "relu") == "1x3x8x8");
}

TEST_CASE("rewrites are applied in the order given") {
  CHECK(made_by(rewritten(one_relu(), {"resolution=4", "resolution=6"}), "relu") == "1x3x6x6");
}

TEST_CASE("an unknown rewrite names the nearest") {
  CHECK(complaint(one_relu(), "resolutoin=4") ==
        "--rewrite resolutoin:1:1: error: there is no rewrite 'resolutoin'\n"
        "    4\n"
        "    ^\n"
        "  did you mean 'resolution'?");
}

struct Checked {
  std::string good;
  std::string wrong;
  std::string first_line;  // of the complaint, behind its place
};

const std::vector<Checked> kChecked = {
    {"batch=1", "batch=0", "batch must be at least 1 and at most 1,000,000,000, not 0"},
    {"classes=1", "classes=0", "classes must be at least 1 and at most 1,000,000,000, not 0"},
    {"compress_activations=100 %", "compress_activations=0",
     "compress_activations must be above 0 % and at most 100 %, not 0 %"},
    {"fusion=off", "fusion=of", "fusion is on or off"},
    {"precision=int8", "precision=in8", "unknown precision 'in8'"},
    {"prune=0 %", "prune=100 %", "prune must be at least 0 % and below 100 %, not 100 %"},
    {"resolution=65536", "resolution=65537", "resolution must be pixels from 1 to 65536"},
    {"sequence=1", "sequence=0", "sequence must be at least 1 and at most 1,000,000,000, not 0"},
    {"sparsity={zeros: 0.5, stored: bitmask}", "sparsity={zeros: 0.5, stored: maybe}",
     "sparse weights are stored dense or as a bitmask"},
    {"width=16", "width=16.5", "width must be above 0 and at most 16, not 16.5"},
};

TEST_CASE("values that are wrong for all networks are known without one") {
  CHECK(kChecked.size() == rewrites().size());
  for (const auto& [good, wrong, first_line] : kChecked) {
    CAPTURE(wrong);
    check(parse_rewrite("--rewrite", good));
    const auto text = testing::message_of([&] { check(parse_rewrite("--rewrite", wrong)); });
    CHECK(text.find(": error: " + first_line + "\n") != std::string::npos);
    CHECK(complaint(one_relu(), wrong) == text);  // rewriting says the same
  }
}

TEST_CASE("a rewrite without a value is refused") {
  const auto text = "--rewrite 'width': expected KEY=VALUE, such as --rewrite resolution=160";
  CHECK(complaint(one_relu(), "width") == text);
}

}  // namespace
}  // namespace roofbeam
