#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "reports/sweep_views.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/case_rows.hpp"
#include "scenarios/expansion.hpp"
#include "scenarios/loading/overrides.hpp"
#include "scenarios/sweep.hpp"
#include "scenarios/sweep/checkpoint.hpp"

namespace roofbeam::app {
namespace {

constexpr std::size_t kDryRunCases = 20;
constexpr int kStopped = 130;  // as shells have it for what Ctrl-C ended

config::Node tree_of(const Sweep& command) {
  const bool is_network = command.scenario.ends_with(".onnx");
  config::Node root =
      is_network ? scenario_of_network(command.scenario) : load_with_includes(command.scenario);
  ScenarioOverrides overrides{command.objectives, command.requirements, command.settings,
                              command.vary, command.platforms};
  if (is_network && overrides.platforms.empty()) overrides.platforms = {"apple-m1"};
  apply_overrides(root, overrides);
  return root;
}

std::string rendered(const Sweep& command, const CaseTable& table) {
  if (command.format == "csv") return sweep_csv(table);
  if (command.format == "json") return sweep_json(table);
  if (command.format == "columns") return sweep_columns(table);
  return sweep_table(table, {output_width(), command.top});
}

std::string dry_run(const Scenario& scenario, const CaseReader& reader) {
  const Expansion expansion(
      scenario, [&](std::size_t axis, const Digits& digits) { return reader.acts(axis, digits); });
  CaseTable table = empty_table(scenario);
  table.counts = expansion.count();
  for (const std::int64_t index : expansion.first_cases(kDryRunCases)) {
    add_row(table, scenario, index, expansion.effective(expansion.digits(index)), {});
  }
  return dry_run_table(table, output_width());
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw InputError(fmt::format("cannot read '{}'", path));
  return text.str();
}

// The file that a sweep goes on from: read if there is one, written now and then.
class Checkpoint {
 public:
  Checkpoint(const Sweep& command, const config::Node& root, const CompiledScenario& compiled)
      : command_(command),
        compiled_(compiled),
        path_(command.resume.empty() ? compiled.scenario().name + ".resume" : command.resume) {
    if (command.keep_all) {
      if (!command.resume.empty()) {
        throw InputError("--resume keeps no rows: give it without --keep-all");
      }
      return;
    }
    const std::string more = command.calibration.empty() ? "" : text_of(command.calibration);
    identity_ = sweep_identity(root, compiled.scenario(), more);
  }

  [[nodiscard]] SweepPart before() const {
    if (command_.resume.empty() || !std::filesystem::exists(path_)) return {};
    SweepPart part = read_checkpoint(compiled_, text_of(path_), path_, identity_);
    note(fmt::format("{}: {} of {} cases are done", path_, grouped(count_of(part.done)),
                     grouped(compiled_.positions())));
    return part;
  }

  void save(const SweepPart& part) const {
    write_result(checkpoint_text(compiled_, part, identity_), path_);
  }

  // After a stop.
  void keep(const SweepPart& part) const {
    const std::string what =
        fmt::format("stopped after {} of {} cases", grouped(count_of(part.done)),
                    grouped(compiled_.positions()));
    if (command_.keep_all) {
      note(what + "; with --keep-all nothing is kept to go on from");
      return;
    }
    save(part);
    note(fmt::format("{}; the same command with --resume {} goes on", what, path_));
  }

 private:
  const Sweep& command_;
  const CompiledScenario& compiled_;
  std::string path_;
  std::uint64_t identity_ = 0;
};

int sweep_all(const Sweep& command, const config::Node& root, const CompiledScenario& compiled) {
  const Checkpoint checkpoint(command, root, compiled);
  SweepOptions options;
  options.keep_all = command.keep_all;
  options.threads = command.threads.value_or(std::max(1U, std::thread::hardware_concurrency()));
  options.stop = &interrupted();
  if (!command.resume.empty()) {
    options.save = [&](const SweepPart& part) { checkpoint.save(part); };
  }
  SweepPart part;
  {
    Progress progress("cases");
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.show(done, all); };
    part = sweep(compiled, options, checkpoint.before());
  }
  if (count_of(part.done) < compiled.positions()) {
    checkpoint.keep(part);
    return kStopped;
  }
  write_result(rendered(command, table_of(compiled, part)), command.output);
  if (!command.resume.empty()) checkpoint.save(part);
  return 0;
}

}  // namespace

int run(const Sweep& command) {
  if (command.threads && *command.threads < 1) {
    throw InputError("threads must be at least 1, not 0");
  }
  const config::Node root = tree_of(command);
  const Scenario scenario = read_scenario(root);
  const CaseReader reader(scenario, command.calibration.empty()
                                        ? std::vector<Calibration>{}
                                        : load_calibrations(command.calibration));
  if (command.dry_run) {
    write_result(dry_run(scenario, reader), command.output);
    return 0;
  }
  const CompiledScenario compiled(scenario, reader);
  return sweep_all(command, root, compiled);
}

}  // namespace roofbeam::app
