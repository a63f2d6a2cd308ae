#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <optional>
#include <thread>

#include "app/checkpoint.hpp"
#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/processes.hpp"
#include "app/progress.hpp"
#include "app/shard.hpp"
#include "app/together.hpp"
#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "reports/sweep_views.hpp"
#include "scenarios/calibration_file.hpp"
#include "scenarios/case_reader.hpp"
#include "scenarios/case_rows.hpp"
#include "scenarios/expansion.hpp"
#include "scenarios/loading/overrides.hpp"
#include "scenarios/sweep.hpp"

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

// Columns that the document's tables may have; Markdown wraps them itself.
std::size_t room(const Sweep& command) {
  const bool endless = command.format == "markdown";
  return endless ? std::numeric_limits<std::size_t>::max() : output_width();
}

void write(const Sweep& command, const CaseTable& table) {
  write_as(command.format, command.output,
           [&] {
             return sweep_document(table, {room(command), command.top});
           },
           {{"csv", [&] { return sweep_csv(table); }},
            {"json", [&] { return sweep_json(table); }},
            {"columns", [&] { return sweep_columns(table); }}});
}

Document dry_run(const Sweep& command, const Scenario& scenario, const CaseReader& reader) {
  const Expansion expansion(
      scenario, [&](std::size_t axis, const Digits& digits) { return reader.acts(axis, digits); });
  CaseTable table = empty_table(scenario);
  table.counts = expansion.count();
  for (const std::int64_t index : expansion.first_cases(kDryRunCases)) {
    add_row(table, scenario, index, expansion.effective(expansion.digits(index)), {});
  }
  return dry_run_document(table, room(command));
}

// The machine's threads, shared with the processes that run beside this one.
std::size_t threads_of(const Sweep& command, const Processes& processes) {
  if (command.threads) return *command.threads;
  const unsigned fair =
      std::thread::hardware_concurrency() / static_cast<unsigned>(processes.neighbours());
  return std::max(1U, fair);
}

// What is swept, in the order in which each needs those before it.
struct Question {
  explicit Question(const Sweep& command)
      : root(tree_of(command)),
        scenario(read_scenario(root)),
        reader(scenario, command.calibration.empty() ? std::vector<Calibration>{}
                                                     : load_calibrations(command.calibration)) {}

  config::Node root;
  Scenario scenario;
  CaseReader reader;
};

// Whether a report gets all cases, though nothing else asks for them.
bool reports_all(const Sweep& command, const CompiledScenario& compiled) {
  constexpr std::int64_t kMostReported = 50'000;
  if (command.report.empty() || command.keep_all) return false;
  return compiled.expansion().count().forecast <= kMostReported;
}

SweepPart without_rows(const SweepPart& part) {
  return {part.done, part.counts, part.frontier, part.nearest, {}};
}

void report(const Sweep& command, const CompiledScenario& compiled, const SweepPart& part) {
  const CaseTable table = table_of(compiled, part);
  const auto rows = static_cast<std::int64_t>(table.rows());
  if (rows < table.counts.forecast) {
    note(fmt::format("{} shows {} of {} cases, the best; --keep-all puts all of them in",
                     command.report, grouped(rows), grouped(table.counts.forecast)));
  }
  write_report(sweep_columns(table), command.report);
}

// The whole result; a report of work that was done before has its cases forecast again, because
// that left no rows. False if it was stopped.
bool write_all(const Sweep& command, const CompiledScenario& compiled, const SweepPart& part,
               SweepOptions options) {
  const bool has_rows = part.rows.rows() > 0 || part.counts.forecast == 0;
  const bool again = reports_all(command, compiled) && !has_rows;
  options.keep_all = true;
  options.save = nullptr;
  const SweepPart whole = again ? sweep(compiled, options) : part;
  if (count_of(whole.done) < compiled.positions()) return false;
  if (!command.report.empty()) report(command, compiled, whole);
  const CaseTable table = table_of(compiled, command.keep_all ? part : without_rows(part));
  write(command, table);
  return true;
}

SweepPart forecast(const Processes& processes, const CompiledScenario& compiled,
                   SweepOptions options, const Checkpoint& checkpoint) {
  Progress progress(processes.count() == 1 ? "cases" : "cases of the first process");
  if (processes.first()) {
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.show(done, all); };
  }
  return sweep_together(processes, compiled, options, checkpoint);
}

int sweep_all(const Sweep& command, const Question& question, const Processes& processes) {
  const CompiledScenario compiled(question.scenario, question.reader);
  const Checkpoint checkpoint(command, question.root, compiled, processes);
  SweepOptions options;
  options.keep_all = command.keep_all || (reports_all(command, compiled) && command.resume.empty());
  options.threads = threads_of(command, processes);
  options.stop = &interrupted();
  if (!command.resume.empty()) {
    options.save = [&](const SweepPart& part) { checkpoint.save(part); };
  }
  const Shard shard = parse_shard(command.shard);
  options.shard = shard.index;
  options.shards = shard.count;
  const SweepPart part = command.merge.empty() ? forecast(processes, compiled, options, checkpoint)
                                               : checkpoint.merged(command.merge);
  if (!processes.first()) return 0;  // the first has it all
  const auto [first, last] = shard_of(compiled.positions(), shard.index, shard.count);
  const bool done = missing(part.done, first, last).empty();
  if (done && !command.resume.empty()) checkpoint.finish(part);  // before what may go wrong
  if (done && !command.shard.empty()) {
    write_result(checkpoint.text(part), command.output);
    return 0;
  }
  if (done && write_all(command, compiled, part, options)) return 0;
  checkpoint.keep(part);
  return kStopped;
}

// What each stage of a pipeline did is told of all cases, not of the frontier alone.
Sweep keeping_stages(Sweep command, const Scenario& scenario) {
  if (scenario.pipeline.empty()) return command;
  if (!command.resume.empty()) {
    throw InputError("a scenario with a pipeline keeps all cases: give it without --resume");
  }
  command.keep_all = true;
  return command;
}

int run_in(const Sweep& command, const Processes& processes) {
  std::optional<Question> question;
  std::exception_ptr wrong;
  try {
    check_parts(command, processes);
    question.emplace(command);
  } catch (const InputError&) {
    wrong = std::current_exception();
  }
  const auto agreement = processes.agree(!wrong);
  if (wrong && agreement.speaks) std::rethrow_exception(wrong);
  if (!agreement.fine) return 1;
  if (!command.dry_run) {
    return sweep_all(keeping_stages(command, question->scenario), *question, processes);
  }
  if (processes.first()) {
    write_document(dry_run(command, question->scenario, question->reader), command.format,
                   command.output);
  }
  return 0;
}

}  // namespace

int run(const Sweep& command) {
  if (command.threads && *command.threads < 1) {
    throw InputError("threads must be at least 1, not 0");
  }
  check_writable(command.output);
  check_report(command.report);
  const Processes processes;
  return run_in(command, processes);
}

}  // namespace roofbeam::app
