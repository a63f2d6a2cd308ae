#include "scenarios/measurement.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "core/input_error.hpp"
#include "scenarios/readers/readers.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (in) {
    text.resize(kMostBytes + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() && text.size() <= kMostBytes) {
    throw InputError(
        fmt::format("cannot read '{}': {}", path, std::generic_category().message(errno)));
  }
  if (text.size() > kMostBytes) {
    throw InputError(fmt::format("{}: error: measurements beyond 256 MiB are not read", path));
  }
  return text;
}

}  // namespace

Measurements read_measurements(const std::string& path) {
  return readers::read_csv(file_text(path), path);
}

}  // namespace roofbeam
