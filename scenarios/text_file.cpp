#include "scenarios/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} << 20;

[[noreturn]] void fail(const std::string& path, std::string_view text) {
  throw InputError(fmt::format("{}: error: {}", path, text));
}

// Sizes are checked before anything is read, so that no wrong file can fill the memory.
std::uintmax_t checked_size(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error) fail(path, fmt::format("cannot be opened: {}", error.message()));
  if (std::filesystem::is_directory(status)) {
    fail(path, "is a directory; a file was expected");
  }
  if (!std::filesystem::is_regular_file(status)) fail(path, "is not a regular file");
  const auto size = std::filesystem::file_size(path, error);
  if (error) fail(path, fmt::format("cannot be read: {}", error.message()));
  if (size == 0) fail(path, "is empty");
  if (size > kMostBytes) {
    fail(path, fmt::format("is larger than {}, the most that is read\n  split it",
                           to_text(Bytes::from_si(static_cast<double>(kMostBytes)))));
  }
  return size;
}

std::string read_file(const std::string& path) {
  std::string text(checked_size(path), '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(path, fmt::format("cannot be opened: {}", std::strerror(errno)));
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) fail(path, fmt::format("cannot be read: {}", std::strerror(errno)));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string without_byte_order_mark(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

}  // namespace

std::shared_ptr<const config::Source> read_text(const std::string& path) {
  return std::make_shared<const config::Source>(
      config::Source{path, without_byte_order_mark(read_file(path))});
}

}  // namespace roofbeam
