#include "app/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace roofbeam::app {
namespace {

// "table, json or csv"
std::string spelled(const std::vector<std::string>& words) {
  const std::vector<std::string> first(words.begin(), words.end() - 1);
  return first.empty() ? words.back()
                       : fmt::format("{} or {}", fmt::join(first, ", "), words.back());
}

}  // namespace

void repeatable(CLI::Option* option) { option->allow_extra_args(false)->take_all(); }

void add_output(CLI::App& app, std::string& file) {
  app.add_option("-o,--output", file, "Write the result to this file")->type_name("FILE");
}

void add_format(CLI::App& app, std::string& format, const std::vector<std::string>& words) {
  app.add_option("--format", format, spelled(words))
      ->check(CLI::IsMember(words))
      ->type_name("FORMAT")
      ->capture_default_str();
}

void add_report(CLI::App& app, std::string& file) {
  app.add_option("--report", file, "Also write the result as an HTML file with charts")
      ->type_name("FILE.html");
}

void add_calibration(CLI::App& app, std::string& file) {
  app.add_option("--calibration", file, "Overlay that 'roofbeam calibrate' wrote")
      ->type_name("FILE");
}

void add_settings(CLI::App& app, std::vector<std::string>& settings) {
  repeatable(
      app.add_option("--set", settings, "Change any number (repeatable)")->type_name("PATH=VALUE"));
}

void add_rewrites(CLI::App& app, std::vector<std::string>& rewrites) {
  repeatable(
      app.add_option("--rewrite", rewrites,
                     "Change the network, in the order given (repeatable); 'roofbeam rewrites' "
                     "says how")
          ->type_name("KEY=VALUE"));
}

}  // namespace roofbeam::app
