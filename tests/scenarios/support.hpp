// What the tests of this room share.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "core/config/node.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::testing {

inline std::shared_ptr<const config::Source> source(std::string text,
                                                    std::string name = "measured") {
  return std::make_shared<const config::Source>(config::Source{std::move(name), std::move(text)});
}

// `text` with the first `old` in it replaced.
inline std::string with(std::string text, const std::string& old, const std::string& replacement) {
  return text.replace(text.find(old), old.size(), replacement);
}

// A folder of its own, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "roofbeam-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string path() const { return path_.string(); }
  // Writes a file, with the folders that it is in, and returns its path.
  std::string file(const std::string& name, const std::string& text = "") const {
    const auto path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace roofbeam::testing
