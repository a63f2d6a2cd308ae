#include "scenarios/axis.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"
#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

TEST_CASE("a lattice holds the numbers that have so many digits, in order") {
  const DecimalLattice two(2);
  CHECK(two.at(0) == 1);
  CHECK(two.at(1) == 1.1);
  CHECK(two.at(89) == 9.9);
  CHECK(two.at(90) == 10);
  CHECK(two.at(91) == 11);
  CHECK(two.at(-1) == 0.99);
  CHECK(two.at(-90) == 0.1);
  CHECK(two.at(-91) == 0.099);
  const DecimalLattice one(1);
  CHECK(one.at(9) == 10);
  CHECK(one.at(-1) == 0.9);
}

TEST_CASE("a lattice finds the neighbours of any number") {
  const DecimalLattice four(4);
  for (const double number :
       {1e-9, 0.09999, 0.1, 1.0, 12.34, 12.345, 68.25, 9999.0, 99995.0, 3e12}) {
    CAPTURE(number);
    const auto above = four.ceil(number);
    CHECK(four.at(above) >= number);
    CHECK(four.at(above - 1) < number);
    const auto below = four.floor(number);
    CHECK(four.at(below) <= number);
    CHECK(four.at(below + 1) > number);
  }
  CHECK(four.at(four.ceil(12.34)) == 12.34);
  CHECK(four.at(four.ceil(12.341)) == 12.35);
}

TEST_CASE("an axis without a range goes a thousand times both ways") {
  const auto it = testing::subject("cortex-a78");
  const Axis axis("memory.DRAM.bandwidth", it, 4);
  CHECK(axis.path() == "platform.memory.DRAM.bandwidth");
  CHECK(axis.text(axis.first()) == "0.0512 GB/s");
  CHECK(axis.text(axis.last()) == "51200 GB/s");
  CHECK(axis.is_default());
}

TEST_CASE("shares, threads and whole numbers stay what they are") {
  const auto it = testing::subject("cortex-a78");
  const Axis share("memory.DRAM.sustained", it, 3);
  CHECK(share.text(share.last()) == "1");
  CHECK_FALSE(share.is_whole());
  const Axis threads("run.threads", it, 4);
  CHECK(threads.text(threads.first()) == "1");
  CHECK(threads.text(threads.last()) == "3");
  const Axis cores("engines.cpu.cores", it, 4);
  CHECK(cores.is_whole());
  CHECK(cores.text(cores.last()) == "3000");
}

TEST_CASE("a range may use any units of the quantity; texts are in the stated one") {
  const auto it = testing::subject("cortex-a78");
  const Axis axis("memory.DRAM.bandwidth=500 MB/s..2.5 GB/s", it, 4);
  CHECK(axis.text(axis.first()) == "0.5 GB/s");
  CHECK(axis.text(axis.last()) == "2.5 GB/s");
  CHECK_FALSE(axis.is_default());
  const Axis borrowed("memory.DRAM.bandwidth=1..2 GB/s", it, 4);
  CHECK(borrowed.text(borrowed.first()) == "1 GB/s");
  const Axis batch("run.batch=2..8", it, 4);
  CHECK(batch.first() == 2);
  CHECK(batch.last() == 8);
  CHECK(batch.text(5) == "5");
}

TEST_CASE("a list holds words in their order") {
  const auto it = testing::subject("cortex-a78");
  const Axis axis("run.precision=int8, fp32", it, 4);
  CHECK(axis.is_list());
  CHECK(axis.last() == 1);
  CHECK(axis.text(0) == "int8");
  CHECK(axis.text(1) == "fp32");
}

TEST_CASE("values of a list may be YAML") {
  const auto it = testing::subject("cortex-a78");
  const Axis axis("network.precision=fp32,{weights: int8, integer_kernels: true}", it, 4);
  CHECK(axis.last() == 1);
  CHECK(axis.text(1) == "{weights: int8, integer_kernels: true}");
}

TEST_CASE("a resolution is whole, a width is not") {
  const auto it = testing::subject("cortex-a78", "mobilenet_v2_0.35_128");
  CHECK(Axis("network.resolution=96..160", it, 4).is_whole());
  CHECK_FALSE(Axis("network.width=0.5..1", it, 2).is_whole());
}

TEST_CASE("what is wrong with an axis is told") {
  const auto it = testing::subject("cortex-a78");
  const auto said = [&](const char* text) {
    return message_of([&] { static_cast<void>(Axis(text, it, 4)); });
  };
  CHECK(said("memory.DRAM.banwidth") ==
        "--vary platform.memory.DRAM.banwidth: no number is stated there; write a range, "
        "PATH=FROM..TO, or a list");
  CHECK(said("memory.DRAM.bandwidth=2 GB/s..1 GB/s") ==
        "--vary platform.memory.DRAM.bandwidth: from 2 GB/s to 1 GB/s: a range goes upwards, from "
        "above zero");
  CHECK(said("memory.DRAM.bandwidth=1 GB..2 GB") ==
        "--vary platform.memory.DRAM.bandwidth: '1 GB..2 GB' has another unit than what is stated "
        "there, '51.2 GB/s'");
  CHECK(said("memory.DRAM.bandwidth=1e-40 GB/s..1 GB/s") ==
        "--vary platform.memory.DRAM.bandwidth: numbers from 1e-30 to 1e+30 are possible, write "
        "them in another unit");
  CHECK(said("memory.DRAM.bandwidth=a..b") ==
        "--vary platform.memory.DRAM.bandwidth: 'a' is not a number with a unit; a range is such "
        "as 1 GB/s..100 GB/s");
  CHECK(said("run.precision=fp32,,int8") ==
        "--vary run.precision: a value is missing; a list is such as fp32,int8");
  CHECK(said("run.precision=fp33")
            .starts_with("--vary run.precision: there is no precision 'fp33', there are fp32"));
  CHECK(
      said("platform=aple-m1").starts_with("unknown platform 'aple-m1': did you mean 'apple-m1'?"));
}

}  // namespace
}  // namespace roofbeam
