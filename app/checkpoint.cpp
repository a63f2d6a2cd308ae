#include "app/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "scenarios/sweep/checkpoint.hpp"

namespace roofbeam::app {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw InputError(fmt::format("cannot read '{}'", path));
  return text.str();
}

std::int64_t new_in(const Ranges& ranges, const Ranges& known) {
  std::int64_t count = 0;
  for (const auto& [first, last] : ranges) count += count_of(missing(known, first, last));
  return count;
}

}  // namespace

Checkpoint::Checkpoint(const Sweep& command, const config::Node& root,
                       const CompiledScenario& compiled, const Processes& processes)
    : command_(command),
      compiled_(compiled),
      processes_(processes),
      path_(command.resume.empty() ? compiled.scenario().name + ".resume" : command.resume) {
  if (command.keep_all) {
    if (!command.resume.empty()) {
      throw InputError("--resume keeps no rows: give it without --keep-all");
    }
  }
  const std::string more = command.calibration.empty() ? "" : text_of(command.calibration);
  identity_ = sweep_identity(root, compiled.scenario(), more);
}

bool Checkpoint::keeps() const { return !command_.keep_all; }

// "NAME.resume.1" and so on, whatever the number of processes was.
std::vector<std::string> Checkpoint::files_of_others() const {
  const fs::path own(path_);
  const std::string begin = own.filename().string() + ".";
  const fs::path folder = own.has_parent_path() ? own.parent_path() : fs::path(".");
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(begin) || name.size() == begin.size()) continue;
    if (name.find_first_not_of("0123456789", begin.size()) != std::string::npos) continue;
    files.push_back((own.has_parent_path() ? folder / name : fs::path(name)).string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

SweepPart Checkpoint::read(const std::vector<std::string>& files) const {
  std::vector<SweepPart> parts;
  Ranges done;
  for (const std::string& file : files) {
    SweepPart part = read_checkpoint(compiled_, text_of(file), file, identity_);
    const std::int64_t is_new = new_in(part.done, done);
    if (is_new == 0) continue;  // it has been put into another one already
    if (is_new < count_of(part.done)) {
      throw InputError(
          fmt::format("'{}' has cases that another file has, too: remove the older", file));
    }
    for (const auto& [first, last] : part.done) add_range(done, first, last);
    parts.push_back(std::move(part));
  }
  return merge(compiled_, std::move(parts));
}

SweepPart Checkpoint::before() const {
  SweepPart part;
  if (command_.resume.empty()) return part;
  std::vector<std::string> files = files_of_others();
  if (fs::exists(path_)) files.insert(files.begin(), path_);
  part = read(files);
  (void)processes_.agree(true);  // all have read
  if (processes_.first() && !part.done.empty()) {
    note(fmt::format("{}: {} of {} cases are done", path_, grouped(count_of(part.done)),
                     grouped(compiled_.positions())));
    finish(part);
  }
  (void)processes_.agree(true);  // nobody writes before
  return part;
}

SweepPart Checkpoint::merged(const std::vector<std::string>& files) const {
  SweepPart part = read(files);
  const Ranges left = missing(part.done, 0, compiled_.positions());
  if (left.empty()) return part;
  throw InputError(
      fmt::format("--merge: {} of {} cases are in none of the files; name those of all "
                  "shards",
                  grouped(count_of(left)), grouped(compiled_.positions())));
}

std::string Checkpoint::text(const SweepPart& part) const {
  return checkpoint_text(compiled_, part, identity_);
}

void Checkpoint::save(const SweepPart& part) const {
  const std::string path =
      processes_.first() ? path_ : fmt::format("{}.{}", path_, processes_.rank());
  write_result(text(part), path);
}

void Checkpoint::finish(const SweepPart& all) const {
  save(all);
  tidy();
}

void Checkpoint::keep(const SweepPart& all) const {
  const std::string what = fmt::format("stopped after {} of {} cases", grouped(count_of(all.done)),
                                       grouped(compiled_.positions()));
  if (!keeps()) {
    note(what + "; with --keep-all nothing is kept to go on from");
    return;
  }
  finish(all);
  note(fmt::format("{}; the same command with --resume {} goes on", what, path_));
}

void Checkpoint::tidy() const {
  std::error_code ignored;
  for (const std::string& file : files_of_others()) fs::remove(file, ignored);
}

}  // namespace roofbeam::app
