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

// YAML 1.2 takes on and off for words; both these and true and false are understood.
bool read_fusion(const config::Node& value) {
  const auto& word = value.scalar;
  if (word == "on" || word == "true") return true;
  if (word == "off" || word == "false") return false;
  refuse(value, "fusion is on or off");
}

double read_activation_share(const config::Node& value) {
  config::Complaints complaints;
  const double share = config::read_value<double>(value, "compress_activations", complaints).value;
  complaints.throw_if_any();
  if (share > 0 && share <= 1) return share;
  refuse(value,
         fmt::format("compress_activations must be above 0 % and at most 100 %, not {:g} %",
                     share * 100),
         "it is what is left of them: 50 % halves them");
}

struct Sparsity {
  double zeros = 0;
  bool bitmask = false;
};

Sparsity read_sparsity(const config::Node& value) {
  if (value.kind != config::Node::Kind::map) return {read_share(value, "sparsity"), false};
  require_keys(value, "sparsity", {"zeros", "stored"});
  const auto* zeros = value.find("zeros");
  if (zeros == nullptr) refuse(value, "sparsity has no 'zeros'", "{zeros: 70 %, stored: bitmask}");
  Sparsity sparsity{read_share(*zeros, "zeros"), false};
  if (const auto* stored = value.find("stored")) {
    if (stored->scalar != "dense" && stored->scalar != "bitmask") {
      refuse(*stored, "sparse weights are stored dense or as a bitmask");
    }
    sparsity.bitmask = stored->scalar == "bitmask";
  }
  return sparsity;
}

}  // namespace

void check_fusion(const config::Node& value) { (void)read_fusion(value); }
void check_compress_activations(const config::Node& value) { (void)read_activation_share(value); }
void check_sparsity(const config::Node& value) { (void)read_sparsity(value); }

Network rewrite_fusion(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  treatment.fuse = read_fusion(value);
  return treated(network, treatment);
}

Network rewrite_compress_activations(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  treatment.activation_share = read_activation_share(value);
  return treated(network, treatment);
}

Network rewrite_sparsity(const Network& network, const config::Node& value) {
  auto treatment = network.notes().treatment;
  const auto sparsity = read_sparsity(value);
  treatment.zero_weights = sparsity.zeros;
  treatment.bitmask = sparsity.bitmask;
  return treated(network, treatment);
}

}  // namespace roofbeam
