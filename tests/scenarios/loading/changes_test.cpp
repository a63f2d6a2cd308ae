#include "scenarios/loading/changes.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

using namespace roofbeam;
using testing::message_of;
using Room = Change::Room;

namespace {

std::vector<Change> changes(const std::string& text, std::optional<Room> plain = std::nullopt) {
  config::Complaints complaints;
  auto found = read_changes(config::parse(text, "s.yaml"), complaints, plain);
  complaints.throw_if_any();
  return found;
}

std::string complaint(const std::string& text) {
  return message_of([&] { return changes(text); });
}

Facts facts(const std::string& text) {
  const config::Node node = config::parse(text, "s.yaml");
  config::Complaints complaints;
  config::MapReader map(node, "network 1", complaints);
  const Facts found = read_facts(map, node, complaints);
  map.finish();
  complaints.throw_if_any();
  return found;
}

}  // namespace

TEST_CASE("a path begins with the room that it is in") {
  const auto found = room_path("platform.memory.DRAM.bandwidth");
  REQUIRE(found);
  CHECK(found->room == Room::platform);
  CHECK(found->path == "memory.DRAM.bandwidth");
  CHECK(room_path("run.batch")->room == Room::run);
  CHECK(is_path_key("network.width"));
  CHECK_FALSE(is_path_key("network"));
  CHECK_FALSE(is_path_key("networks.width"));
  CHECK_FALSE(is_path_key("power"));
}

TEST_CASE("changes are read in their order, with their values and factors") {
  const auto found = changes(
      "{network.width: 0.5, platform.memory.DRAM.bandwidth: {times: 2}, runtime.dispatch: 3 us}");
  REQUIRE(found.size() == 3);
  CHECK(to_text(found[0].room) == "network");
  CHECK(found[0].path == "width");
  CHECK(found[0].value.scalar == "0.5");
  CHECK(!found[0].times);
  CHECK(found[1].times == 2.0);
  CHECK(found[2].path == "dispatch");
}

TEST_CASE("where a room is given, paths that name none are in it, and others in theirs") {
  const auto found = changes("{batch: 4, network.width: 0.5}", Room::run);
  REQUIRE(found.size() == 2);
  CHECK(found[0].room == Room::run);
  CHECK(found[1].room == Room::network);
}

TEST_CASE("a path without a room, or with a wrong one, is complained of with the nearest") {
  CHECK(complaint("{memory.DRAM.bandwidth: 1 GB/s}") ==
        "s.yaml:1:2: error: 'memory.DRAM.bandwidth': a path begins with network., platform., "
        "runtime. or run.\n"
        "    {memory.DRAM.bandwidth: 1 GB/s}\n"
        "     ^\n"
        "  did you mean 'platform.memory.DRAM.bandwidth'?");
  CHECK(complaint("{netwrk.width: 1}").ends_with("did you mean 'network.width'?"));
}

TEST_CASE("keys of networks and runs are known; those of descriptors are not asked for here") {
  CHECK(complaint("{network.widht: 1}") ==
        "s.yaml:1:2: error: a network has no 'widht'\n"
        "    {network.widht: 1}\n"
        "     ^\n"
        "  did you mean 'network.width'?");
  CHECK(complaint("{run.colour: 1}").ends_with("it has: batch, threads, precision, fusion"));
  CHECK(changes("{platform.colour: 1, runtime.colour: 1}").size() == 2);
}

TEST_CASE("factors are for what descriptors state") {
  CHECK(complaint("{run.batch: {times: 2}}") ==
        "s.yaml:1:13: error: run.batch: factors are for platforms and runtimes\n"
        "    {run.batch: {times: 2}}\n"
        "                ^\n"
        "  write the values");
  CHECK(changes("{network.width: {times: 0.5, divisor: 4}}").size() == 1);  // a map of its own
}

TEST_CASE("facts are an accuracy of at most 100 % and a size") {
  const Facts found = facts("{accuracy: 71.8 %, size: 2 KiB}");
  CHECK(*found.accuracy == doctest::Approx(0.718));
  CHECK(found.size->si() == 2048);
  CHECK(!facts("{}").accuracy);
  CHECK(*facts("{accuracy: 1}").accuracy == 1);
  CHECK(message_of([] { return facts("{accuracy: 71.8}"); }) ==
        "s.yaml:1:12: error: accuracy: more than 1\n"
        "    {accuracy: 71.8}\n"
        "               ^\n"
        "  write a share such as 0.885 or 88.5 %");
}
