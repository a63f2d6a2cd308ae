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

std::string line(std::string_view what, const std::string& value, std::size_t width) {
  return fmt::format("{:<20}{}\n", what, wrapped(value, 20, width));
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

std::string kernels_table(const Runtime& runtime, std::size_t width) {
  Table table({{"kernel for", Align::left, true},
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
  return "\nKernels, the first that matches is used\n\n" + table.text(width);
}

std::string vector_instructions(const Runtime& runtime) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kVectorOpKinds; ++i) {
    parts.push_back(fmt::format("{} {:.3g}", vector_op_words()[i], runtime.vector_instructions[i]));
  }
  return join(parts);
}

}  // namespace

std::string runtime_list(const std::vector<Runtime>& runtimes, std::size_t width) {
  Table table(
      {{"runtime"}, {"engines"}, {"precisions", Align::left, true}, {"title", Align::left, true}});
  for (const Runtime& runtime : runtimes) {
    table.add({runtime.name, words(runtime.engines), words(runtime.precisions), runtime.title});
  }
  return table.text(width);
}

std::string runtime_page(const Runtime& runtime, std::size_t width) {
  return fmt::format("{}: {}\n\n", runtime.name, runtime.title) +
         line("engines", words(runtime.engines), width) +
         line("precisions", words(runtime.precisions), width) +
         line("fuses", join(runtime.fuse), width) +
         line("dispatch", to_text(runtime.dispatch.value), width) +
         line("fork", to_text(runtime.fork.value), width) +
         line("serial share", fmt::format("{:.3g} %", 100 * runtime.serial_share.value), width) +
         line("vector instructions", vector_instructions(runtime), width) +
         line("vector efficiency", fmt::format("{:.3g} %", 100 * runtime.vector_efficiency.value),
              width) +
         kernels_table(runtime, width) + numbered("Assumed", runtime.assumptions, width);
}

}  // namespace roofbeam
