#include "scenarios/shared_cache.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace roofbeam;

namespace {

// Counts how often something is made.
struct Maker {
  SharedCache<int, std::string> cache;
  int made = 0;

  std::string get(int key) {
    return *cache.get(key, [&] {
      ++made;
      return std::to_string(key);
    });
  }
};

}  // namespace

TEST_CASE("a thing is made once, and shared by all who ask") {
  Maker maker{SharedCache<int, std::string>(2)};
  CHECK(maker.get(1) == "1");
  CHECK(maker.get(2) == "2");
  CHECK(maker.get(1) == "1");
  CHECK(maker.made == 2);
}

TEST_CASE("one more than there is room for: the least recently used is forgotten") {
  Maker maker{SharedCache<int, std::string>(2)};
  maker.get(1);
  maker.get(2);
  maker.get(1);
  maker.get(3);  // 2 goes, which was used before 1
  maker.get(1);
  CHECK(maker.made == 3);
  maker.get(2);
  CHECK(maker.made == 4);
}

TEST_CASE("what is forgotten stays whole for those who hold it") {
  SharedCache<int, std::string> cache(1);
  const auto held = cache.get(1, [] { return std::string("first"); });
  (void)cache.get(2, [] { return std::string("second"); });
  CHECK(*held == "first");
}

TEST_CASE("what could not be made is not tried again: all who ask get the same error") {
  SharedCache<int, std::string> cache(2);
  int tried = 0;
  const auto fail = [&]() -> std::string {
    ++tried;
    throw std::runtime_error("no");
  };
  CHECK_THROWS_WITH(cache.get(1, fail), "no");
  CHECK_THROWS_WITH(cache.get(1, fail), "no");
  CHECK(tried == 1);
}

TEST_CASE("threads that ask at once wait for the one that makes it") {
  SharedCache<int, int> cache(4);
  std::atomic<int> made{0};
  std::atomic<int> sum{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        sum += *cache.get(7, [&] {
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
          return ++made;
        });
      });
    }
  }
  CHECK(made == 1);
  CHECK(sum == 8);
}
