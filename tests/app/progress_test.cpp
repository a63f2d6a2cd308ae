#include "app/progress.hpp"

#include <doctest/doctest.h>

using namespace roofbeam::app;

TEST_CASE("progress says how much is done, how fast, and the time left") {
  CHECK(progress_text(1200, 5000, 0, 4, "cases") == "1,200 of 5,000 cases, 300 /s, 13 s left");
  CHECK(progress_text(5000, 5000, 0, 4, "cases") == "5,000 of 5,000 cases, 1.25 k /s, 0 s left");
}

TEST_CASE("what was done before does not count as fast") {
  CHECK(progress_text(1200, 1500, 900, 1, "cases") == "1,200 of 1,500 cases, 300 /s, 1 s left");
}

TEST_CASE("nothing done yet, or no time passed: no speed and no time left") {
  CHECK(progress_text(0, 5000, 0, 4, "cases") == "0 of 5,000 cases");
  CHECK(progress_text(900, 5000, 900, 4, "cases") == "900 of 5,000 cases");
  CHECK(progress_text(10, 5000, 0, 0, "cases") == "10 of 5,000 cases");
}

TEST_CASE("the time left is in seconds below 90 s, in minutes below 90 min, then in hours") {
  const auto left = [](std::int64_t seconds) {  // at one a second
    const std::string text = progress_text(1, 1 + seconds, 0, 1, "cases");
    return text.substr(text.find("/s, ") + 4);
  };
  CHECK(left(89) == "89 s left");
  CHECK(left(90) == "2 min left");
  CHECK(left(5399) == "90 min left");
  CHECK(left(5400) == "1.5 h left");
}
