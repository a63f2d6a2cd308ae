// Every bundled network after every rewrite is valid, or the rewrite says why it cannot be.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"

namespace roofbeam {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> bundled() {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(ROOFBEAM_SOURCE_DIR) / "networks")) {
    if (entry.path().extension() == ".onnx") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

enum class Effect { fewer, more, same, any };
struct Case {
  std::string text;
  Effect macs;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"batch=3", Effect::more},
      {"width=0.5", Effect::fewer},
      {"width=1.5", Effect::more},
      {"prune=30 %", Effect::fewer},
      {"resolution=512", Effect::any},
      {"precision=int8", Effect::same},
      {"precision=dynamic-int8", Effect::same},
      {"fusion=off", Effect::same},
      {"compress_activations=0.5", Effect::same},
      {"sparsity=70 %", Effect::same},
      {"classes=10", Effect::any},
      {"sequence=64", Effect::any},
  };
  return kCases;
}

bool is_valid(const Network& network) {
  return std::ranges::all_of(network.layers(), [&](const Layer& layer) {
    const bool known = layer.state == LayerState::modelled || layer.state == LayerState::view;
    return known && std::ranges::all_of(layer.inputs, [&](TensorId id) {
             return id == kNoTensor || network.tensor(id).shape.has_value();
           });
  });
}

void check_effect(Effect effect, std::int64_t before, std::int64_t after) {
  if (effect == Effect::fewer) CHECK(after < before);
  if (effect == Effect::more) CHECK(after > before);
  if (effect == Effect::same) CHECK(after == before);
}

// What a rewrite refuses, it refuses with a place or the name of a layer.
bool is_explained(const std::string& text, const std::string& key) {
  return text.starts_with("--rewrite " + key + ":1:1: error: network '") ||
         text.find("layer '") != std::string::npos;
}

TEST_CASE("bundled networks stay valid under every rewrite") {
  int refused = 0;
  int done = 0;
  for (const auto& path : bundled()) {
    const auto network = onnx::import(path.string());
    const auto before = totals(network).macs;
    for (const auto& each : cases()) {
      CAPTURE(path.string());
      CAPTURE(each.text);
      const auto one = parse_rewrite("--rewrite", each.text);
      try {
        const auto after = rewrite(network, {one});
        CHECK(is_valid(after));
        check_effect(each.macs, before, totals(after).macs);
        ++done;
      } catch (const InputError& error) {
        CAPTURE(error.what());
        CHECK(is_explained(error.what(), one.key));
        ++refused;
      }
    }
  }
  CHECK(done > 9 * refused);  // images have no sequence, detectors no classes
}

}  // namespace
}  // namespace roofbeam
