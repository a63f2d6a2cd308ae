#include "scenarios/network_changes.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"
#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

const Network& network() {
  static const Network imported =
      onnx::import(ROOFBEAM_SOURCE_DIR "/networks/mobilenet_v2_0.35_128.onnx");
  return imported;
}

Change change(const std::string& path, const std::string& value) {
  return {Change::Room::network, path, config::parse(value, "s.yaml"), {}};
}

bool keeps(const std::string& path, const std::string& value) {
  return keeps_facts(network(), change(path, value));
}

}  // namespace

TEST_CASE("what can be changed of a network are the rewrites") {
  const auto keys = network_keys();
  CHECK(keys.size() == rewrites().size());
  CHECK(std::ranges::find(keys, "precision") != keys.end());
}

TEST_CASE("changes are made in their order") {
  const Change small = change("resolution", "64");
  const Change large = change("resolution", "128");
  const std::vector<const Change*> order = {&small, &large};
  CHECK(totals(rewritten(network(), order)).macs == totals(network()).macs);
  const std::vector<const Change*> reversed = {&large, &small};
  // Nearly all layers work a pixel at a time, of which there is a quarter.
  CHECK(static_cast<double>(totals(rewritten(network(), reversed)).macs) <
        0.3 * static_cast<double>(totals(network()).macs));
}

TEST_CASE("a change that cannot be made is an error at its place") {
  const Change wrong = change("width", "20");
  const Change* const one = &wrong;
  const std::string text =
      "s.yaml:1:1: error: width must be above 0 and at most 16, not 20\n"
      "    20\n"
      "    ^\n"
      "  0.75 is three quarters of the channels";
  CHECK(message_of([&] { return rewritten(network(), {&one, 1}); }) == text);
  CHECK(message_of([&] { check_network_change(wrong); }) == text);
}

TEST_CASE("facts stay where a network computes the same") {
  CHECK(keeps("batch", "8"));
  CHECK(keeps("fusion", "off"));
  CHECK(keeps("sequence", "8"));
  CHECK(keeps("precision", "fp32"));
  CHECK_FALSE(keeps("precision", "fp16"));
  CHECK_FALSE(keeps("precision", "{weights: int8}"));
  CHECK_FALSE(keeps("sparsity", "0"));
}

TEST_CASE("facts stay after a change of shapes that changes no multiply-add and no parameter") {
  CHECK(keeps("resolution", "128"));
  CHECK_FALSE(keeps("resolution", "96"));
  CHECK(keeps("width", "1"));
  CHECK_FALSE(keeps("width", "0.5"));
  CHECK(keeps("prune", "0 %"));
  CHECK_FALSE(keeps("prune", "50 %"));
  CHECK_FALSE(keeps("width", "20"));  // which cannot be done
}
