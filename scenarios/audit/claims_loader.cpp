#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/platform.hpp"
#include "platforms/reading.hpp"
#include "platforms/runtime.hpp"
#include "scenarios/audit/claims.hpp"
#include "scenarios/audit/claims_reader.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam::audit {
namespace {

using config::Complaints;
using config::Node;

constexpr std::size_t kMostNetworks = 1000;
constexpr std::size_t kMostMachines = 64;
constexpr std::size_t kMostStatements = 10'000;

const std::vector<std::string> kMetrics = {"latency", "energy", "power",   "throughput",
                                           "memory",  "size",   "accuracy"};

class Loader {
 public:
  Loader(const Node& root, std::string name)
      : root_(root), folder_(std::filesystem::path(std::move(name)).parent_path()) {}

  Claims read();

 private:
  void check_rewrite(const config::Entry& entry);
  NetworkClaim network(ClaimMap& map, std::string name);
  MachineClaim machine(ClaimMap& map, std::string name);
  MeasuredClaim measured(ClaimMap& map);
  ChangeClaim change(ClaimMap& map);
  FitClaim fit(ClaimMap& map);
  ColumnClaim column(ClaimMap& map);
  RangeClaim range(ClaimMap& map);
  BestClaim best(ClaimMap& map);
  TargetClaim target(ClaimMap& map);
  void read_statements(ClaimMap& map);

  // A map from names to items, or a list of items with a `name`.
  template <class Read>
  void each_named(ClaimMap& map, std::string_view key, std::size_t most, Read read);
  template <class Read>
  void each(ClaimMap& map, std::string_view key, Read read);
  [[nodiscard]] bool too_many(const Node& node, std::string_view key, std::size_t count,
                              std::size_t most);

  // A path as seen from the working folder; names of the catalogue stay as they are.
  [[nodiscard]] std::string path(const std::string& written) const;
  std::string catalogued(ClaimMap& map, std::string_view key, const std::vector<std::string>& all);
  std::string known_network(ClaimMap& map, std::string_view key, bool required);
  std::string known_machine(ClaimMap& map, std::string_view key, bool required);

  const Node& root_;
  std::filesystem::path folder_;
  Complaints complaints_;
  Claims claims_;
};

bool Loader::too_many(const Node& node, std::string_view key, std::size_t count, std::size_t most) {
  if (count <= most) return false;
  complaints_.add(node.mark, fmt::format("{}: {} are more than {}", key, count, most),
                  "split the file");
  return true;
}

template <class Read>
void Loader::each_named(ClaimMap& map, std::string_view key, std::size_t most, Read read) {
  const Node* found = root_.find(key);
  if (found == nullptr || found->kind != Node::Kind::list) found = map.reader().map(key);
  if (found == nullptr) return;
  if (too_many(*found, key, found->entries.size() + found->items.size(), most)) return;
  for (const config::Entry& entry : found->entries) {
    ClaimMap item(entry.value, fmt::format("{} '{}'", key, entry.key), complaints_);
    read(item, entry.key);
    item.finish();
  }
  if (found->kind == Node::Kind::list) (void)map.reader().list(key);
  for (const Node& node : found->items) {
    ClaimMap item(node, std::string(key), complaints_);
    const std::string name = item.word("name", true);
    read(item, name);
    item.finish();
  }
}

template <class Read>
void Loader::each(ClaimMap& map, std::string_view key, Read read) {
  const Node* found = map.reader().list(key);
  if (found == nullptr || too_many(*found, key, found->items.size(), kMostStatements)) return;
  std::size_t index = 0;
  for (const Node& node : found->items) {
    ClaimMap item(node, fmt::format("{}[{}]", key, index++), complaints_);
    read(item);
    item.finish();
  }
}

std::string Loader::path(const std::string& written) const {
  const bool is_path = written.find('/') != std::string::npos || written.ends_with(".onnx") ||
                       written.ends_with(".yaml") || written.ends_with(".yml");
  if (!is_path) return written;
  return (folder_ / written).lexically_normal().string();
}

std::string Loader::catalogued(ClaimMap& map, std::string_view key,
                               const std::vector<std::string>& all) {
  std::string name = path(map.word(key));
  const bool known = name.empty() || name.find('/') != std::string::npos ||
                     name.ends_with(".yaml") || name.ends_with(".yml") ||
                     std::find(all.begin(), all.end(), name) != all.end();
  if (!known) {
    const auto near = nearest(name, all);
    map.complain(key, fmt::format("{}: no '{}' is in the catalogue", key, name),
                 near ? fmt::format("did you mean '{}'?", *near) : "");
  }
  return name;
}

template <class Item>
void check_known(ClaimMap& map, std::string_view key, const std::vector<Item>& items,
                 const std::string& name, std::string_view section) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  const auto near = nearest(name, names);
  map.complain(key, fmt::format("{}: '{}' is not under '{}'", key, name, section),
               near ? fmt::format("did you mean '{}'?", *near)
                    : fmt::format("add it there, if only as '{}: {{}}'", name));
}

std::string Loader::known_network(ClaimMap& map, std::string_view key, bool required) {
  std::string name = map.word(key, required);
  check_known(map, key, claims_.networks, name, "networks");
  return name;
}

std::string Loader::known_machine(ClaimMap& map, std::string_view key, bool required) {
  std::string name = map.word(key, required);
  check_known(map, key, claims_.machines, name, "machines");
  return name;
}

void Loader::check_rewrite(const config::Entry& entry) {
  std::vector<std::string> keys;
  for (const RewriteRow& row : rewrites()) keys.emplace_back(row.key);
  if (std::find(keys.begin(), keys.end(), entry.key) == keys.end()) {
    reading::complain_unknown_key(entry, "rewrite", keys, complaints_);
  }
}

NetworkClaim Loader::network(ClaimMap& map, std::string name) {
  NetworkClaim claim;
  claim.name = std::move(name);
  claim.onnx = path(map.word("onnx"));
  if (const Node* rewrites = map.reader().map("rewrite")) {
    for (const config::Entry& entry : rewrites->entries) {
      check_rewrite(entry);
      claim.rewrites.push_back({entry.key, entry.value});
    }
    if (claim.onnx.empty())
      map.complain("rewrite", "there is no network to rewrite", "add 'onnx:'");
  }
  claim.parameters = map.optional("parameters", {Kind::number});
  claim.trainable = map.optional("trainable", {Kind::number});
  claim.macs = map.optional("macs", {Kind::number, Kind::macs});
  claim.flops = map.optional("flops", {Kind::number, Kind::flops});
  claim.size = map.optional("size", {Kind::bytes});
  claim.precision = map.precision("precision");
  claim.stored = map.per_precision("stored", {Kind::number});
  claim.format = map.one_of("format", {"keras", "tflite", "onnx", "pytorch", "other"});
  claim.optimizer = map.one_of("optimizer", {"adam", "momentum", "sgd", "none"});
  claim.memory = map.optional("memory", {Kind::bytes});
  claim.activations = map.optional("activations", {Kind::bytes});
  claim.accuracy = map.optional("accuracy", {Kind::percent});
  claim.origin = map.origin();
  return claim;
}

MachineClaim Loader::machine(ClaimMap& map, std::string name) {
  MachineClaim claim;
  claim.name = std::move(name);
  claim.platform = catalogued(map, "platform", catalog_platforms());
  claim.engine = map.word("engine");
  claim.runtime = catalogued(map, "runtime", catalog_runtimes());
  claim.compute = map.optional("compute", {Kind::flops_per_second, Kind::macs_per_second});
  claim.bandwidth = map.optional("bandwidth", {Kind::bandwidth});
  claim.clock = map.optional("clock", {Kind::frequency});
  claim.cache = map.optional("cache", {Kind::bytes});
  claim.memory = map.optional("memory", {Kind::bytes});
  claim.flash = map.optional("flash", {Kind::bytes});
  claim.budget = map.optional("budget", {Kind::power});
  claim.energy_per_mac = map.per_precision("energy_per_mac", {Kind::energy, Kind::energy_per_mac});
  claim.origin = map.origin();
  return claim;
}

MeasuredClaim Loader::measured(ClaimMap& map) {
  MeasuredClaim row;
  row.network = known_network(map, "network", true);
  row.machine = known_machine(map, "machine", false);
  row.runtime = catalogued(map, "runtime", catalog_runtimes());
  row.precision = map.precision("precision");
  row.batch = map.count("batch").value_or(1);
  row.threads = map.count("threads");
  row.latency = map.optional("latency", {Kind::time});
  row.energy = map.optional("energy", {Kind::energy});
  row.power = map.optional("power", {Kind::power});
  row.throughput = map.optional("throughput", {Kind::per_second, Kind::frequency});
  row.memory = map.optional("memory", {Kind::bytes});
  row.size = map.optional("size", {Kind::bytes});
  row.accuracy = map.optional("accuracy", {Kind::percent});
  row.utilisation = map.optional("utilisation", {Kind::percent});
  row.estimated = map.one_of("how", {"measured", "estimated"}) == "estimated";
  row.origin = map.origin();
  return row;
}

ChangeClaim Loader::change(ClaimMap& map) {
  static const std::vector<std::string> kAs = {"any",  "reduction", "increase",  "speed-up",
                                               "kept", "points",    "difference"};
  static const std::vector<std::string> kWords = {"faster", "slower", "smaller", "larger", "same"};
  ChangeClaim claim;
  claim.what = map.word("what", true);
  claim.before = map.required("before");
  claim.after = map.required("after");
  claim.word = map.one_of("direction", kWords);
  claim.stated = map.optional("stated");
  if (!claim.stated && claim.word.empty()) {
    map.complain("stated", "there is nothing to check", "add 'stated:' such as 33 % or 2.8x");
  }
  const std::string as = map.one_of("as", kAs);
  claim.as = static_cast<ChangeAs>(
      std::max<std::ptrdiff_t>(std::find(kAs.begin(), kAs.end(), as) - kAs.begin(), 0) %
      static_cast<int>(kAs.size()));
  claim.from = map.precision("from");
  claim.to = map.precision("to");
  claim.network = known_network(map, "network", false);
  claim.machine = known_machine(map, "machine", false);
  claim.runtime = catalogued(map, "runtime", catalog_runtimes());
  if (claim.before.kind != claim.after.kind) {
    map.complain("after", "'before' and 'after' have different units");
  }
  claim.origin = map.origin();
  return claim;
}

FitClaim Loader::fit(ClaimMap& map) {
  FitClaim claim;
  claim.what = map.word("what", true);
  claim.needs = map.required("needs", {Kind::bytes});
  claim.room = map.required("in", {Kind::bytes});
  claim.machine = known_machine(map, "machine", false);
  claim.network = known_network(map, "network", false);
  claim.fits = map.one_of("stated", {"fits", "does not fit"}) != "does not fit";
  claim.origin = map.origin();
  return claim;
}

ColumnClaim Loader::column(ClaimMap& map) {
  return {known_machine(map, "machine", false), map.one_of("metric", kMetrics)};
}

RangeClaim Loader::range(ClaimMap& map) {
  RangeClaim claim{
      map.word("what", true), map.required("stated"), map.list("of", false), std::nullopt, {}};
  const ColumnClaim from = column(map);
  if (!from.metric.empty()) claim.column = from;
  if (claim.of.empty() && !claim.column) {
    map.complain("of", "there is nothing to check",
                 "add 'of:' with values, or 'machine:' and 'metric:' of the measured rows");
  }
  claim.origin = map.origin();
  return claim;
}

BestClaim Loader::best(ClaimMap& map) {
  BestClaim claim;
  claim.what = map.word("what", true);
  claim.network = known_network(map, "network", true);
  claim.precision = map.precision("precision");
  claim.column = {known_machine(map, "machine", false), map.one_of("metric", kMetrics, true)};
  claim.origin = map.origin();
  return claim;
}

TargetClaim Loader::target(ClaimMap& map) {
  TargetClaim claim{map.word("what", true), map.required("value"), map.required("limit"), true, {}};
  claim.met = map.one_of("stated", {"met", "missed"}) != "missed";
  if (!claim.limit.open) map.complain("limit", "is no limit", "write it as '< 2 %' or '>= 4x'");
  claim.origin = map.origin();
  return claim;
}

void Loader::read_statements(ClaimMap& map) {
  each(map, "sums", [&](ClaimMap& item) {
    claims_.sums.push_back(
        {item.word("what", true), item.list("parts", true), item.optional("total"), item.origin()});
  });
  const auto combined = [&](ClaimMap& item, std::string_view parts, std::string_view total) {
    return SumClaim{item.word("what", true), item.list(parts, true), item.required(total),
                    item.origin()};
  };
  each(map, "products",
       [&](ClaimMap& item) { claims_.products.push_back(combined(item, "factors", "total")); });
  each(map, "means",
       [&](ClaimMap& item) { claims_.means.push_back(combined(item, "of", "stated")); });
  each(map, "ranges", [&](ClaimMap& item) { claims_.ranges.push_back(range(item)); });
  each(map, "repeated", [&](ClaimMap& item) {
    claims_.repeated.push_back({item.word("what", true), item.list("values", true), item.origin()});
  });
  each(map, "scaled", [&](ClaimMap& item) {
    claims_.scaled.push_back({known_machine(item, "from", true), known_machine(item, "to", true),
                              item.optional("factor", {Kind::number, Kind::ratio}), item.origin()});
  });
  each(map, "best", [&](ClaimMap& item) { claims_.best.push_back(best(item)); });
  each(map, "targets", [&](ClaimMap& item) { claims_.targets.push_back(target(item)); });
  each(map, "shares", [&](ClaimMap& item) {
    claims_.shares.push_back(
        {item.word("what", true), item.required("stated", {Kind::percent}), item.origin()});
  });
  each(map, "open", [&](ClaimMap& item) {
    claims_.open.push_back({item.word("what", true), item.word("needs", true), item.origin()});
  });
}

Claims Loader::read() {
  ClaimMap map(root_, "claims", complaints_);
  claims_.name = map.word("claims", true);
  claims_.title = map.word("title");
  claims_.source = map.word("source");
  each_named(map, "networks", kMostNetworks, [&](ClaimMap& item, const std::string& name) {
    claims_.networks.push_back(network(item, name));
  });
  each_named(map, "machines", kMostMachines, [&](ClaimMap& item, const std::string& name) {
    claims_.machines.push_back(machine(item, name));
  });
  each(map, "measured", [&](ClaimMap& item) { claims_.measured.push_back(measured(item)); });
  each(map, "changes", [&](ClaimMap& item) { claims_.changes.push_back(change(item)); });
  each(map, "fits", [&](ClaimMap& item) { claims_.fits.push_back(fit(item)); });
  read_statements(map);
  map.finish();
  complaints_.throw_if_any();
  return std::move(claims_);
}

}  // namespace

Claims read_claims(std::string text, const std::string& name) {
  const Node root = config::parse(std::move(text), name);
  return Loader(root, name).read();
}

Claims load_claims(const std::string& path) { return read_claims(read_text(path)->text, path); }

}  // namespace roofbeam::audit
