#include <iostream>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"

int main(int, char** arguments) {
  const roofbeam::Network network = roofbeam::onnx::import(arguments[1]);
  std::cout << roofbeam::totals(network).macs << " MACs\n";
}
