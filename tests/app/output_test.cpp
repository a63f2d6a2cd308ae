#include "app/output.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "tests/message_of.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam::app;
using roofbeam::testing::Folder;
using roofbeam::testing::message_of;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t files_in(const Folder& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

}  // namespace

TEST_CASE("a result replaces what was there, and leaves nothing beside it") {
  const Folder folder;
  const std::string path = folder.file("out.txt", "old");
  write_result("new", path);
  CHECK(text_of(path) == "new");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a link stays a link") {
  const Folder folder;
  const std::string path = folder.file("out.txt", "old");
  const std::string link = folder.path() + "/link";
  std::filesystem::create_symlink(path, link);
  write_result("new", link);
  CHECK(std::filesystem::is_symlink(link));
  CHECK(text_of(path) == "new");
}

TEST_CASE("a writer that fails leaves what was there") {
  const Folder folder;
  const std::string path = folder.file("out.txt", "old");
  CHECK(message_of([&] {
          write_file(path, [](std::ostream& out) { out.setstate(std::ios::failbit); });
        }).starts_with("cannot write '" + std::filesystem::canonical(path).string() + "': "));
  CHECK(text_of(path) == "old");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("where nothing can be written is known before") {
  const Folder folder;
  const std::string file = folder.file("file");
  check_writable("");
  check_writable("-");
  check_writable("/dev/null");
  check_writable(file);
  check_writable(folder.path() + "/new");
  check_writable("new");  // in the current folder
  const auto complaint = [](const std::string& path) {
    return message_of([&] { check_writable(path); });
  };
  const std::string nowhere = folder.path() + "/nowhere/new";
  CHECK(complaint(nowhere) == "cannot write '" + nowhere + "': No such file or directory");
  CHECK(complaint(file + "/new") == "cannot write '" + file + "/new': Not a directory");
  CHECK(files_in(folder) == 1);  // to ask writes nothing
}

TEST_CASE("a folder is no file") {
  const Folder folder;
  CHECK(message_of([&] { check_writable(folder.path()); }) ==
        "cannot write '" + folder.path() + "': Is a directory");
}

TEST_CASE("a report goes into a file of its own") {
  CHECK(message_of([] { check_report("-"); }) ==
        "--report -: an HTML report goes into a file of its own");
  check_report("");
}
