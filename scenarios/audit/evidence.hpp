// What Roofbeam knows of the networks and machines that claims name: counts, peaks, forecasts. Each
// network and descriptor is read once, when a check first asks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/prediction.hpp"
#include "platforms/platform.hpp"
#include "scenarios/audit/claims.hpp"

namespace roofbeam::audit {

// Of an imported network, at its own batch.
struct Counts {
  double macs = 0;
  double parameters = 0;
  double statistics = 0;  // of batch norms: stored beside the parameters, not trained
  double winograd = 1;    // so many times fewer multiplications Winograd can need, see below
};

// F(4x4, 3x3) needs 4 times fewer multiplications, in convolutions of 3x3, stride 1 and one group
// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016).
inline constexpr double kWinogradMost = 4;

class Evidence {
 public:
  explicit Evidence(const Claims& claims);
  ~Evidence();

  // Nothing where the claim names no ONNX file.
  [[nodiscard]] const Counts* counts(const std::string& network);
  // What the report says, else what the ONNX file has; of one inference.
  [[nodiscard]] std::optional<Range> flops(const std::string& network);
  // Stored weights, trained or not, likewise.
  [[nodiscard]] std::optional<Range> parameters(const std::string& network);

  struct Target {
    std::shared_ptr<const Platform> platform;
    const Engine* engine = nullptr;  // the platform's first if none is named
  };
  // Nothing where the claim names no platform.
  [[nodiscard]] std::optional<Target> target(const std::string& machine);

  // A row that names both; `why` says what is missing, or why it does not run there.
  [[nodiscard]] std::optional<Prediction> forecast(const MeasuredClaim& row, std::string* why);

  // How many times as fast as at `from` a network may be at `to`.
  struct Gain {
    double peak = 1;  // by the instructions of the engine where that helps most
    std::string peak_on;
    double forecast = 0;  // of this network; 0: none could be made
    std::string forecast_on;
  };
  // On the change's machine if it names one with a platform; else over all engines of the catalogue
  // that its runtime, if it names one, runs on: of CPUs and GPUs only, since microcontrollers
  // without floating-point units gain whatever their emulation costs.
  [[nodiscard]] Gain best_gain(const ChangeClaim& change);

  // Bytes that activations need at their peak and with what the plan could not pack, at this
  // precision; nothing where the claim names no ONNX file.
  struct Activations {
    double peak = 0;
    double arena = 0;
  };
  [[nodiscard]] std::optional<Activations> activations(const std::string& network,
                                                       Precision precision);

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

}  // namespace roofbeam::audit
