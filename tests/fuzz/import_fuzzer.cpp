// libFuzzer's way into the importer: any bytes make a network or an InputError, never anything
// else, within the memory and time that `./dev fuzz` allows.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "core/operators/layer_bytes.hpp"
#include "core/operators/stored_precision.hpp"
#include "core/operators/totals.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace roofbeam;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const Network network = onnx::import_bytes(bytes, "fuzzed", {{}, {}, true});
    (void)totals(network);
    (void)weights_by_layer(network);
    for (const auto& layer : network.layers()) {
      (void)layer_bytes(network, layer);
      (void)to_text(stored_precision(network, layer));
    }
  } catch (const InputError&) {
    // What a wrong file deserves.
  }
  return 0;
}
