// A folder of its own for a test, removed at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace roofbeam::testing {

struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "roofbeam-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
  // Replaces the folder's path by "DIR" so that messages can be compared whole.
  std::string anonymous(std::string text) const {
    for (std::size_t at; (at = text.find(path.string())) != text.npos;) {
      text.replace(at, path.string().size(), "DIR");
    }
    return text;
  }

  std::filesystem::path path;
};

}  // namespace roofbeam::testing
