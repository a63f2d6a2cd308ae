// A whole file as bytes, mapped read-only: pages that nobody looks at are never read.
#pragma once

#include <string>
#include <string_view>

namespace roofbeam::onnx {

class MappedFile {
 public:
  // Throws InputError: missing, not readable, a directory, not a regular file.
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
};

}  // namespace roofbeam::onnx
