#include "reports/runtime_views.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/quantity/text.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

template <class Enum>
std::string words(const std::vector<Enum>& values) {
  std::vector<std::string> all;
  for (const Enum value : values) all.emplace_back(to_text(value));
  return join(all);
}

std::string match_text(const KernelMatch& match) {
  std::vector<std::string> parts;
  parts.push_back(match.ops.empty() ? "everything" : join(match.ops));
  if (!match.kernel.empty())
    parts.push_back(fmt::format("kernel {}", fmt::join(match.kernel, "x")));
  if (match.stride) parts.push_back(fmt::format("stride {}", *match.stride));
  if (match.grouping != Grouping::any) {
    const auto word = static_cast<std::size_t>(match.grouping);
    parts.push_back(fmt::format("groups {}", grouping_words()[word]));
  }
  if (!match.precisions.empty()) parts.push_back(words(match.precisions));
  if (!match.engines.empty()) parts.push_back(words(match.engines));
  if (match.min_channels) parts.push_back(fmt::format("channels >= {}", *match.min_channels));
  if (match.packs) parts.push_back(fmt::format("channels in {}s", *match.packs));
  if (match.max_rows) parts.push_back(fmt::format("rows <= {}", *match.max_rows));
  return fmt::format("{}", fmt::join(parts, "; "));
}

Table kernels_table(const Runtime& runtime) {
  Table table({{"kernel for", Align::left, false, true},
               {"algorithm"},
               {"tile m x n x k", Align::right},
               {"efficiency", Align::right},
               {"passes", Align::right}});
  for (const Kernel& kernel : runtime.kernels) {
    table.add({match_text(kernel.match), std::string(to_text(kernel.algorithm)),
               fmt::format("{} x {} x {}", kernel.tile.m, kernel.tile.n, kernel.tile.k),
               fmt::format("{:.3g} %", 100 * kernel.efficiency.value),
               fmt::format("{:.3g}", kernel.passes.value)});
  }
  return table;
}

std::string vector_instructions(const Runtime& runtime) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kVectorOpKinds; ++i) {
    parts.push_back(fmt::format("{} {:.3g}", vector_op_words()[i], runtime.vector_instructions[i]));
  }
  return join(parts);
}

}  // namespace

Document runtime_list(const std::vector<Runtime>& runtimes) {
  Table table({{"runtime"},
               {"engines"},
               {"precisions", Align::left, false, true},
               {"title", Align::left, false, true}});
  for (const Runtime& runtime : runtimes) {
    table.add({runtime.name, words(runtime.engines), words(runtime.precisions), runtime.title});
  }
  Document document;
  document.table(std::move(table));
  return document;
}

Document runtime_page(const Runtime& runtime) {
  Document document;
  document.heading(fmt::format("{}: {}", runtime.name, runtime.title));
  document.facts(
      {{"engines", words(runtime.engines)},
       {"precisions", words(runtime.precisions)},
       {"fuses", join(runtime.fuse)},
       {"dispatch", to_text(runtime.dispatch.value)},
       {"fork", to_text(runtime.fork.value)},
       {"serial share", fmt::format("{:.3g} %", 100 * runtime.serial_share.value)},
       {"vector instructions", vector_instructions(runtime)},
       {"vector efficiency", fmt::format("{:.3g} %", 100 * runtime.vector_efficiency.value)}});
  document.heading("Kernels, the first that matches is used");
  document.table(kernels_table(runtime));
  document.numbered("Assumed", runtime.assumptions);
  return document;
}

}  // namespace roofbeam
