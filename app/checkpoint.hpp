// The file that a sweep goes on from: read if there is one, written now and then. Of several
// processes each writes its own, beside that of the first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/processes.hpp"
#include "core/config/node.hpp"
#include "scenarios/sweep.hpp"

namespace roofbeam::app {

class Checkpoint {
 public:
  // All must outlive it. Throws InputError: --resume with --keep-all, which keeps no rows.
  Checkpoint(const Sweep& command, const config::Node& root, const CompiledScenario& compiled,
             const Processes& processes);

  [[nodiscard]] std::uint64_t identity() const { return identity_; }

  // What earlier runs have done, of however many processes; nothing unless --resume asks for it.
  // All files become one. REQUIRES: all processes ask.
  [[nodiscard]] SweepPart before() const;
  // What all of these files have together. Throws InputError: cases are missing, or in two of them.
  [[nodiscard]] SweepPart merged(const std::vector<std::string>& files) const;
  // What was done, as a file holds it.
  [[nodiscard]] std::string text(const SweepPart& part) const;
  // What this process has done.
  void save(const SweepPart& part) const;
  // In the first process, of all, when they are done: into one file.
  void finish(const SweepPart& all) const;
  // In the first process, of all, after a stop: into one file, and says how to go on.
  void keep(const SweepPart& all) const;
  // Whether there is anything to go on from after a stop.
  [[nodiscard]] bool keeps() const;

 private:
  // Removes the files of other processes, whose work is in the first one's now.
  void tidy() const;
  [[nodiscard]] std::vector<std::string> files_of_others() const;
  [[nodiscard]] SweepPart read(const std::vector<std::string>& files) const;

  const Sweep& command_;
  const CompiledScenario& compiled_;
  const Processes& processes_;
  std::string path_;
  std::uint64_t identity_ = 0;
};

}  // namespace roofbeam::app
