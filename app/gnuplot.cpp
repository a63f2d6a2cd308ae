#include "app/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "app/output.hpp"
#include "core/input_error.hpp"

extern char** environ;

namespace roofbeam::app {
namespace {

namespace fs = std::filesystem;

constexpr int kNotFound = 127;

// A folder that goes when its owner does.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "roofbeam-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw InputError(fmt::format("cannot make a folder in '{}': {}",
                                   fs::temp_directory_path().string(),
                                   std::generic_category().message(errno)));
    }
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Runs `gnuplot SCRIPT` in a folder; its exit status. What it says goes to `log`.
int run_gnuplot(const fs::path& folder, const std::string& script, const fs::path& log) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  std::string program = "gnuplot";
  std::string argument = script;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  const int problem =
      ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) return kNotFound;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

void require_success(int status, const fs::path& log) {
  if (status == 0) return;
  if (status == kNotFound) {
    throw InputError(
        "gnuplot is not installed: charts are drawn by it (Debian and Ubuntu: apt-get install "
        "gnuplot-nox); --keep writes its script and tables without it");
  }
  throw InputError(fmt::format("gnuplot ended with status {}:\n{}", status, read(log)));
}

}  // namespace

void draw(const Plot& plot, const std::string& path, bool keep) {
  const auto format = image_format_of(path);
  if (!format) {
    throw InputError(
        fmt::format("'{}' must end in .svg, .pdf or .png: that says the format", path));
  }
  const fs::path target(path);
  const auto files = plot_files(plot, *format, target.stem().string());
  const TemporaryFolder folder;
  for (const auto& file : files) {
    std::ofstream(folder.path() / file.name, std::ios::binary) << file.text;
    if (keep) write_result(file.text, (target.parent_path() / file.name).string());
  }
  const fs::path log = folder.path() / "log";
  require_success(run_gnuplot(folder.path(), files.front().name, log), log);
  write_result(read(folder.path() / target.filename()), path);
}

}  // namespace roofbeam::app
