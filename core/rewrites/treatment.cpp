// Rewrites that leave the graph alone and tell the runtime how to treat it.
#include <fmt/format.h>

#include "core/rewrites/reading.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

Network treated(const Network& network, const Treatment& treatment) {
  auto same = network.copy();
  auto notes = same.notes();
  notes.treatment = treatment;
  same.set_notes(std::move(notes));
  return same;
}

}  // namespace

// YAML 1.2 takes on and off for words; both these and true and false are understood.
Network rewrite_fusion(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  const auto& word = value.scalar;
  if (word == "on" || word == "true") {
    treatment.fuse = true;
  } else if (word == "off" || word == "false") {
    treatment.fuse = false;
  } else {
    refuse(value, "fusion is on or off");
  }
  return treated(network, treatment);
}

Network rewrite_compress_activations(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  config::Complaints complaints;
  const double share = config::read_value<double>(value, "compress_activations", complaints).value;
  complaints.throw_if_any();
  if (!(share > 0 && share <= 1)) {
    refuse(value,
           fmt::format("compress_activations must be above 0 % and at most 100 %, not {:g} %",
                       share * 100),
           "it is what is left of them: 50 % halves them");
  }
  treatment.activation_share = share;
  return treated(network, treatment);
}

Network rewrite_sparsity(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  treatment.bitmask = false;
  if (value.kind != config::Node::Kind::map) {
    treatment.zero_weights = read_share(value, "sparsity");
    return treated(network, treatment);
  }
  require_keys(value, "sparsity", {"zeros", "stored"});
  const auto* zeros = value.find("zeros");
  if (zeros == nullptr) refuse(value, "sparsity has no 'zeros'", "{zeros: 70 %, stored: bitmask}");
  treatment.zero_weights = read_share(*zeros, "zeros");
  if (const auto* stored = value.find("stored")) {
    if (stored->scalar != "dense" && stored->scalar != "bitmask") {
      refuse(*stored, "sparse weights are stored dense or as a bitmask");
    }
    treatment.bitmask = stored->scalar == "bitmask";
  }
  return treated(network, treatment);
}

}  // namespace roofbeam
