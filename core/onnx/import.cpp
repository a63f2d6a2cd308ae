#include "core/onnx/import.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "core/input_error.hpp"
#include "core/onnx/builder.hpp"
#include "core/onnx/external_files.hpp"
#include "core/onnx/mapped_file.hpp"
#include "core/onnx/model.hpp"
#include "core/operators/fold_quantization.hpp"
#include "core/operators/infer.hpp"

namespace roofbeam::onnx {
namespace {

Network network_of(std::string_view bytes, const std::string& folder,
                   const ImportOptions& options) {
  ExternalFiles files(folder);
  return fold_quantization(infer(build(parse(bytes), options, files), {options.trips}));
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

// Runs it with the file's name before every complaint.
template <class Work>
Network complaining_of(const std::string& name, Work work) {
  try {
    return work();
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: error: {}", name, error.what()));
  }
}

}  // namespace

Network import_bytes(std::string_view bytes, const std::string& name,
                     const ImportOptions& options) {
  return complaining_of(name, [&] { return network_of(bytes, "", options); });
}

Network import(const std::string& path, const ImportOptions& options) {
  return complaining_of(path, [&] {
    if (is_directory(path)) throw InputError("is a directory; give the .onnx file inside it");
    const MappedFile file(path);
    if (file.bytes().empty()) throw InputError("is empty; an ONNX model was expected");
    const auto folder = std::filesystem::path(path).parent_path().string();
    return network_of(file.bytes(), folder.empty() ? "." : folder, options);
  });
}

}  // namespace roofbeam::onnx
