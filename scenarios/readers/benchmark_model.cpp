#include <fmt/format.h>

#include <algorithm>

#include "core/config/reader.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

// benchmark_model prints its flags ("Graph: [mobilenet.tflite]", "Num threads: [1]"), then
//   Inference timings in us: Init: 855, First inference: 49060, Warmup (avg): 34825.1, Inference
//   (avg): 33209.4                                                               (on one line)
// and with --enable_op_profiling, below "Operator-wise Profiling Info", a table
//   ============================== Run Order ==============================
//      [node type]  [start]  [first]  [avg ms]  [%]  [cdf%]  [mem KB]  [times called]  [Name]
//          CONV_2D    0.000    4.269     4.269  ...                  1  [conv1]:0
// between tabs, or as CSV. The average is over calls. A second table, of the initialisation, stands
// above it; what a delegate did inside its one node stands below ("Delegate internal"), or, in
// later versions, as rows "Delegate/..." in place of the node.
namespace roofbeam::readers {
namespace {

constexpr std::size_t kMostLayers = 100'000;
constexpr std::string_view kTimings = "nference timings in us:";

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto end = line.find(separator);
    cells.push_back(trimmed(line.substr(0, end)));
    if (end == line.npos) return cells;
    line.remove_prefix(end + 1);
  }
}

// At two blanks or more, as tabs become when a terminal's text is copied.
std::vector<std::string_view> split_at_blanks(std::string_view line) {
  std::vector<std::string_view> cells;
  for (line = trimmed(line); !line.empty();) {
    const auto end = line.find("  ");
    cells.push_back(line.substr(0, end));
    line = end == line.npos ? "" : trimmed(line.substr(end));
  }
  return cells;
}

enum class Separator { tab, comma, blanks };

std::vector<std::string_view> split(std::string_view line, Separator separator) {
  if (separator == Separator::blanks) return split_at_blanks(line);
  return split(line, separator == Separator::tab ? '\t' : ',');
}

Separator separator_of(std::string_view header) {
  if (header.find('\t') != header.npos) return Separator::tab;
  return header.find(',') != header.npos ? Separator::comma : Separator::blanks;
}

// The columns of a table of layers, as its header says.
struct Columns {
  Separator separator = Separator::tab;
  std::size_t count = 0;
  std::size_t type = 0;
  std::size_t average = 0;
  std::size_t name = 0;
  std::optional<std::size_t> calls;
};

std::optional<std::size_t> index_of(const std::vector<std::string_view>& cells,
                                    std::string_view bracketed, std::string_view plain) {
  const auto found =
      std::ranges::find_if(cells, [&](auto cell) { return cell == bracketed || cell == plain; });
  if (found == cells.end()) return std::nullopt;
  return static_cast<std::size_t>(found - cells.begin());
}

std::optional<Columns> columns(std::string_view header) {
  const auto separator = separator_of(header);
  const auto cells = split(header, separator);
  const auto type = index_of(cells, "[node type]", "node type");
  const auto average = index_of(cells, "[avg ms]", "avg_ms");
  const auto name = index_of(cells, "[Name]", "name");
  if (!type || !average || !name) return std::nullopt;
  return Columns{separator, cells.size(), *type,
                 *average,  *name,        index_of(cells, "[times called]", "times called")};
}

// "[conv1]:0" is conv1.
std::string layer_name(std::string_view cell) {
  const auto end = cell.rfind(']');
  if (!cell.starts_with('[') || end == cell.npos) return std::string(cell);
  return std::string(cell.substr(1, end - 1));
}

std::optional<MeasuredLayer> layer(std::string_view line, const Columns& columns) {
  const auto cells = split(line, columns.separator);
  if (cells.size() != columns.count) return std::nullopt;
  const auto average = whole_number(cells[columns.average]);
  if (!average) return std::nullopt;
  const auto calls = columns.calls ? whole_count(cells[*columns.calls]) : 1;
  if (!calls) return std::nullopt;
  return MeasuredLayer{layer_name(cells[columns.name]), std::string(cells[columns.type]),
                       Seconds::from_si(*average * *calls / 1e3)};
}

bool is_delegate(const MeasuredLayer& layer) {
  return layer.op.find("Delegate") != std::string::npos && !layer.op.starts_with("Delegate/");
}

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text) {}

  Measurements read() {
    each_line(text_->text, [this](auto line, int number) { read_line(line, number); });
    complaints_.throw_if_any();
    result_.remarks.push_back(fmt::format(
        "{}: benchmark_model prints neither the device nor the precision", text_->name));
    if (unread_.count() > 0) {
      result_.remarks.push_back(fmt::format("{}: {} of the layers could not be read; left out",
                                            text_->name, unread_.to_text()));
    }
    return std::move(result_);
  }

 private:
  enum class Section { other, initialisation, primary, delegate };

  void read_line(std::string_view line, int number) {
    if (line.find(kTimings) != line.npos) return add_measurement(line, number);
    read_flags(line);
    read_section(line);
    if (line.find("=====") != line.npos) return read_title(line);
    if (in_run_order_) read_row(line, number);
  }

  void read_flags(std::string_view line) {
    if (line.find("STARTING!") != line.npos) current_ = {};
    if (const auto graph = behind(line, "Graph: [", "]")) current_.network = stem(*graph);
    if (const auto threads = behind(line, "Num threads: [", "]")) set_threads(*threads);
    if (const auto threads = behind(line, "#threads used for CPU inference: [", "]")) {
      set_threads(*threads);
    }
    if (line.find("XNNPACK delegate") != line.npos) current_.runtime = "TFLite XNNPACK";
    if (line.find("delegate for GPU") != line.npos ||
        line.find("GPU delegate created") != line.npos) {
      current_.runtime = "TFLite GPU delegate";
    }
  }

  void set_threads(std::string_view text) {
    const auto threads = whole_count(text);
    if (threads && *threads > 0) current_.threads = threads;
  }

  void read_section(std::string_view line) {
    if (line.find("Profiling Info for Benchmark Initialization") != line.npos) {
      section_ = Section::initialisation;
    } else if (line.find("Delegate internal") != line.npos) {
      section_ = Section::delegate;
    } else if (line.find("Operator-wise Profiling Info") != line.npos) {
      section_ = Section::primary;
    }
  }

  void read_title(std::string_view line) {
    const bool is_run_order = line.find(" Run Order ") != line.npos;
    in_run_order_ = is_run_order && section_ != Section::initialisation && opens_table();
    columns_.reset();
  }

  // Only the first table of the nodes, and the first of those inside a delegate, is of interest.
  bool opens_table() {
    if (section_ == Section::delegate) return replace_delegates();
    return layers().empty();
  }

  bool replace_delegates() { return std::erase_if(layers(), is_delegate) > 0; }

  void read_row(std::string_view line, int number) {
    if (trimmed(line).empty()) {
      in_run_order_ = false;
    } else if (!columns_) {
      columns_ = columns(line);
      in_run_order_ = columns_.has_value();
    } else if (auto row = layer(line, *columns_)) {
      if (row->time > Seconds{}) add_layer(std::move(*row), number);
    } else {
      unread_.add(number);
    }
  }

  void add_layer(MeasuredLayer row, int number) {
    if (layers().size() == kMostLayers) {
      complaints_.add(mark(text_, number), fmt::format("more than {} layers", kMostLayers), "");
      complaints_.throw_if_any();
    }
    layers().push_back(std::move(row));
  }

  // Of the measurement that the table stands below; of the next where it stands above.
  std::vector<MeasuredLayer>& layers() {
    return has_timings_ ? result_.rows.back().layers : current_.layers;
  }

  void add_measurement(std::string_view line, int number) {
    auto average = behind(line, "Inference (avg): ", ",");
    if (!average) average = behind(line, "Inference: ", ",");
    if (!average) average = behind(line, "no stats: ", ",");
    const auto us = whole_number(average.value_or(""));
    if (!us || *us == 0) {
      complaints_.add(mark(text_, number), "'Inference (avg): ' with microseconds was expected",
                      "run benchmark_model again to its end");
      return;
    }
    Measurement row = current_;
    row.latency = Seconds::from_si(*us / 1e6);
    row.latency_kind = "avg";
    if (row.runtime.empty()) row.runtime = "TFLite CPU";
    row.place = place(text_, number);
    result_.rows.push_back(std::move(row));
    current_.layers.clear();
    has_timings_ = true;
  }

  Text text_;
  config::Complaints complaints_;
  Measurements result_;
  Measurement current_;  // what the flags said so far
  bool has_timings_ = false;
  Section section_ = Section::other;
  bool in_run_order_ = false;
  std::optional<Columns> columns_;
  Lines unread_;  // rows of a table
};

}  // namespace

bool is_benchmark_model(std::string_view text) { return text.find(kTimings) != text.npos; }

Measurements read_benchmark_model(const Text& text) { return Reader(text).read(); }

}  // namespace roofbeam::readers
