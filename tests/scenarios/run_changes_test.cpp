#include "scenarios/run_changes.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;

namespace {

Change change(const std::string& path, const std::string& value) {
  return {Change::Room::run, path, config::parse(value, "s.yaml"), {}};
}

std::string wrong(const std::string& path, const std::string& value) {
  return message_of([&] {
    LowerOptions options;
    apply_run_change(change(path, value), options);
    return 0;
  });
}

}  // namespace

TEST_CASE("batch, threads and precision of a run are set, the last one stays") {
  LowerOptions options;
  for (const auto& [path, value] : {std::pair{"batch", "4"}, std::pair{"threads", "2"},
                                    std::pair{"precision", "int8"}, std::pair{"batch", "8"}}) {
    apply_run_change(change(path, value), options);
  }
  CHECK(options.batch == 8);
  CHECK(options.threads == 2);
  CHECK(options.precision == Precision::int8);
  CHECK(options.fuse);
  apply_run_change(change("fusion", "off"), options);
  CHECK(!options.fuse);
  CHECK(wrong("fusion", "of")
            .starts_with("s.yaml:1:1: error: run.fusion: 'of' is neither on nor off"));
}

TEST_CASE("counts are whole numbers from 1 on, precisions are known words") {
  CHECK(wrong("batch", "0") ==
        "s.yaml:1:1: error: run.batch: '0' is not a whole number from 1 on\n    0\n    ^\n"
        "  write one such as 4");
  CHECK(
      wrong("threads", "1.5")
          .starts_with("s.yaml:1:1: error: run.threads: '1.5' is not a whole number from 1 on\n"));
  CHECK(wrong("batch", "1") == "no error");
  CHECK(wrong("precision", "in8") ==
        "s.yaml:1:1: error: run.precision: unknown precision 'in8'\n    in8\n    ^\n"
        "  did you mean 'int8'?");
  CHECK(wrong("speed", "9").ends_with("  it has: batch, threads, precision, fusion"));
}
