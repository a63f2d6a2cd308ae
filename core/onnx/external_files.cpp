#include "core/onnx/external_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/input_error.hpp"
#include "core/onnx/tensor_proto.hpp"

namespace roofbeam::onnx {
namespace {

// "tensor 'w' lies at offset 4096 of 'weights.bin', which".
std::string place_of(const StoredTensor& tensor) {
  return fmt::format("tensor '{}' lies at offset {} of '{}', which", tensor.name,
                     tensor.external->offset, tensor.external->location);
}

bool leaves_folder(const std::filesystem::path& path) {
  return path.is_absolute() || std::ranges::find(path, "..") != path.end();
}

void check_size(const StoredTensor& tensor, std::int64_t file_size) {
  const auto& external = *tensor.external;
  const auto needed = stored_bytes(tensor.type);
  const auto stated = external.length.value_or(needed);
  if (stated < needed) {
    throw InputError(fmt::format("{} gives it {} bytes, but {} {} need {}", place_of(tensor),
                                 stated, to_text(tensor.type.shape), to_text(tensor.type.element),
                                 needed));
  }
  if (external.offset <= file_size && needed <= file_size - external.offset) return;
  throw InputError(
      fmt::format("{} is too short: {} bytes are needed there, the file has {} in all; "
                  "copy or export it again",
                  place_of(tensor), needed, file_size));
}

}  // namespace

const MappedFile& ExternalFiles::open(const StoredTensor& tensor) {
  const auto location = tensor.external->location;
  if (const auto found = files_.find(location); found != files_.end()) return *found->second;
  const std::filesystem::path path(location);
  if (location.empty() || leaves_folder(path)) {
    throw InputError(fmt::format("{} is not a file in the model's folder", place_of(tensor)));
  }
  try {
    const auto whole = (std::filesystem::path(folder_) / path).string();
    auto file = std::make_unique<MappedFile>(whole);
    return *files_.emplace(location, std::move(file)).first->second;
  } catch (const InputError& error) {
    throw InputError(fmt::format("{} {}; put it beside the model", place_of(tensor), error.what()));
  }
}

std::string_view ExternalFiles::bytes_of(const StoredTensor& tensor) {
  if (folder_.empty()) return {};
  const auto& file = open(tensor);
  check_size(tensor, static_cast<std::int64_t>(file.bytes().size()));
  return file.bytes().substr(static_cast<std::size_t>(tensor.external->offset),
                             static_cast<std::size_t>(stored_bytes(tensor.type)));
}

}  // namespace roofbeam::onnx
