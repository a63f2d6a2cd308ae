#include <fmt/format.h>

#include <algorithm>

#include "core/quantity/text.hpp"
#include "reports/plots/charts.hpp"
#include "reports/table.hpp"

namespace roofbeam {
namespace {

struct Block {
  double born = 0;
  double dies = 0;
  std::int64_t offset = 0;
  std::int64_t bytes = 0;
  std::string name;
};

// Buffers that share memory are one block, from the first birth to the last death.
std::vector<Block> blocks_of(const Prediction& p) {
  std::vector<Block> blocks;
  std::vector<std::size_t> of_buffer;
  for (std::size_t id = 0; id < p.buffers.size(); ++id) {
    const auto& buffer = p.buffers[id];
    const auto born = static_cast<double>(buffer.born);
    const auto dies = static_cast<double>(buffer.dies);
    if (buffer.shares) {
      const std::size_t block = of_buffer[static_cast<std::size_t>(*buffer.shares)];
      blocks[block].born = std::min(blocks[block].born, born);
      blocks[block].dies = std::max(blocks[block].dies, dies);
      blocks[block].bytes = std::max(blocks[block].bytes, buffer.bytes);
      of_buffer.push_back(block);
      continue;
    }
    of_buffer.push_back(blocks.size());
    blocks.push_back({born, dies, p.plan.placements[id].offset, buffer.bytes, buffer.name});
  }
  return blocks;
}

bool alive_at_peak(const Prediction& p, const Block& block) {
  const double peak = p.plan.peak_call;
  return block.born <= peak && peak <= block.dies;
}

// Bytes alive at every call.
std::string live_table(const Prediction& p, const std::vector<Block>& blocks, double unit) {
  std::string table = "# call\tlive\n";
  for (std::size_t call = 0; call < p.layers.size(); ++call) {
    double live = 0;
    for (const auto& block : blocks) {
      const auto now = static_cast<double>(call);
      if (block.born <= now && now <= block.dies) live += static_cast<double>(block.bytes);
    }
    table += fmt::format("{}\t{}\n", call, cell(live / unit));
  }
  return table;
}

struct Unit {
  double bytes;
  std::string_view name;
};

Unit unit_of(double bytes) {
  if (bytes >= 1 << 30) return {1 << 30, "GiB"};
  if (bytes >= 1 << 20) return {1 << 20, "MiB"};
  return {1 << 10, "KiB"};
}

}  // namespace

Plot memory_plot(const Prediction& p) {
  const auto blocks = blocks_of(p);
  const Unit unit = unit_of(p.arena.si());
  std::string resting = "# left\tright\tbottom\ttop\n";
  std::string at_peak = resting;
  for (const auto& block : blocks) {
    if (block.bytes <= 0) continue;
    (alive_at_peak(p, block) ? at_peak : resting) += fmt::format(
        "{}\t{}\t{}\t{}\t{}\n", block.born - 0.5, block.dies + 0.5,
        cell(static_cast<double>(block.offset) / unit.bytes),
        cell(static_cast<double>(block.offset + block.bytes) / unit.bytes), cell(block.name));
  }
  Plot plot;
  plot.width = 18;
  plot.height = 11;
  plot.data = {
      {"blocks", resting}, {"at_peak", at_peak}, {"live", live_table(p, blocks, unit.bytes)}};
  plot.script = plot_preamble(fmt::format(
      "Activations of {} at {}, batch {}: an arena of {}, fullest at {}", p.network,
      to_text(p.precision), p.batch, to_text(p.arena),
      p.layers.empty() ? "no call"
                       : shortened(p.layers[static_cast<std::size_t>(p.plan.peak_call)].name, 40)));
  plot.script += fmt::format(
      "set xlabel 'kernel call'\nset ylabel 'place in the arena ({0})'\n"
      "set xrange [-1:{1}]\nset yrange [0:*]\nset style fill transparent solid 0.55 border "
      "linecolor "
      "rgb '#ffffff'\n"
      "set arrow from {2}, graph 0 to {2}, graph 1 nohead linecolor rgb '#222222' dashtype 2\n",
      unit.name, p.layers.size(), p.plan.peak_call);
  plot.script += fmt::format(
      "plot @{{blocks}} using (0):(0):1:2:3:4 with boxxyerror linecolor rgb '{0}' title 'buffer', "
      "\\\n"
      "     @{{at_peak}} using (0):(0):1:2:3:4 with boxxyerror linecolor rgb '{1}' title 'alive at "
      "the "
      "peak', \\\n"
      "     @{{live}} using 1:2 with steps linecolor rgb '#000000' linewidth 1.4 title 'bytes "
      "alive', "
      "\\\n     {2} with lines linecolor rgb '#444444' dashtype 3 title 'arena'\n",
      kPalette[5], kPalette[1], cell(p.arena.si() / unit.bytes));
  return plot;
}

}  // namespace roofbeam
