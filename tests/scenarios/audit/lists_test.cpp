#include <doctest/doctest.h>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam {
namespace {

using testing::found;
using testing::only;
using testing::verdict;

TEST_CASE("shares add up to 100 % within their digits") {
  const auto sum = [](const std::string& parts) {
    return verdict("sums: [{what: it, parts: [" + parts + "]}]\n", "sum");
  };
  CHECK(sum("66.2 %, 24.8 %, 9.0 %") == "holds");
  CHECK(sum("33 %, 33 %, 33 %") == "holds");          // 97.5 to 100.5 %
  CHECK(sum("33 %, 33 %, 32 %") == "does not hold");  // 96.5 to 99.5 %
  CHECK(sum("66.2 %") == "cannot be checked");
  CHECK(sum("66.2 ms, 3 ms") == "cannot be checked");
  CHECK(verdict("sums: [{what: it, parts: [1.0 ms, 2.0 ms], total: 3.1 ms}]\n", "sum") == "holds");
  const auto wrong = only("sums: [{what: it, parts: [1.0 ms, 2.0 ms], total: 3.2 ms}]\n", "sum");
  CHECK(wrong.verdict == audit::Verdict::fails);
  CHECK(wrong.arithmetic == "the sum is 3.00 ms (2.90 to 3.10 ms with rounding)");
  CHECK(wrong.explanation == "200 us less than 3.20 ms");
}

TEST_CASE("factors multiply to their total") {
  const auto product = [](const std::string& factors, const std::string& total) {
    return verdict("products: [{what: it, factors: [" + factors + "], total: " + total + "}]\n",
                   "product");
  };
  CHECK(product("2.1x, 1.42x", "3.0x") == "holds");  // 2.90 to 3.06
  CHECK(product("2.1x, 1.42x", "2.8x") == "does not hold");
  CHECK(product("4.00x, 3.00x", "12.0x") == "holds");
  CHECK(product("4.00x, 3.00x", "12.2x") == "does not hold");
}

TEST_CASE("a mean is that of its values") {
  const auto mean = [](const std::string& of, const std::string& stated) {
    return verdict("means: [{what: it, of: [" + of + "], stated: " + stated + "}]\n", "mean");
  };
  CHECK(mean("2.00x, 8.00x", "5.00x") == "holds");
  CHECK(mean("2.00x, 8.00x", "4.00x") == "holds");  // geometric
  CHECK(mean("2.00x, 8.00x", "4.50x") == "does not hold");
  CHECK(mean("144 %, 306 %", "213 %") == "does not hold");  // 225 and 210 %
  CHECK(mean("2.00x", "2.00x") == "cannot be checked");
  CHECK(mean("2.00x, 3 ms", "2.50x") == "cannot be checked");
}

TEST_CASE("a range holds what it is about, and its ends are met") {
  const auto range = [](const std::string& stated, const std::string& of) {
    return verdict("ranges: [{what: it, stated: " + stated + ", of: [" + of + "]}]\n", "range");
  };
  CHECK(range("4.22 .. 11.52 ms", "4.22 ms, 8.34 ms, 11.52 ms") == "holds");
  CHECK(range("4.22 .. 11.52 ms", "3.54 ms, 8.34 ms, 11.52 ms") == "does not hold");
  CHECK(range("4.22 .. 11.52 ms", "4.21 ms, 11.52 ms") == "holds");  // touches at 4.215 ms
  CHECK(range("4.22 .. 11.52 ms", "4.20 ms, 11.52 ms") == "does not hold");
  CHECK(range("4.22 .. 11.52 ms", "4.22 ms, 8.34 ms") == "holds, but");
  CHECK(range("2 .. 5 %", "3.80 %") == "holds");
  CHECK(range("2 .. 5 %", "3.80 ms") == "cannot be checked");
}

TEST_CASE("a range may be about a column of the measured rows") {
  const std::string rows =
      "networks: {a: {}, b: {}}\nmachines: {m: {}}\n"
      "measured: [{network: a, machine: m, latency: 3.54 ms}, {network: b, machine: m, latency: 5 "
      "ms}]\n";
  const auto finding = only(
      rows + "ranges: [{what: it, stated: 4.0 .. 5.0 ms, machine: m, metric: latency}]\n", "range");
  CHECK(finding.verdict == audit::Verdict::fails);
  CHECK(finding.explanation == "outside of it: a on m: 3.54 ms");
  CHECK(verdict(rows + "ranges: [{what: it, stated: 4.0 .. 5.0 ms, machine: m, metric: energy}]\n",
                "range") == "cannot be checked");
}

TEST_CASE("one thing has one value") {
  const auto repeated = [](const std::string& values) {
    return verdict("repeated: [{what: it, values: [" + values + "]}]\n", "repetition");
  };
  CHECK(repeated("3.5 ms, 3.50 ms, 3500 us") == "holds");
  CHECK(repeated("3.5 ms, 3.54 ms") == "holds");
  CHECK(repeated("3.5 ms, 3.56 ms") == "does not hold");
  CHECK(repeated("512 KB, 4 MB") == "does not hold");
  CHECK(repeated("512 KB, 512 KiB") == "holds");
  CHECK(repeated("3.5 ms") == "cannot be checked");
  const auto factor = [](const std::string& values) {
    return only("repeated: [{what: it, values: [" + values + "]}]\n", "repetition").factor;
  };
  CHECK(factor("2 ms, 7 ms").value() == doctest::Approx(3.5));
  CHECK(factor("7 ms, 2 ms").value() == doctest::Approx(3.5));
  CHECK_FALSE(factor("2 ms, 2 ms").has_value());
}

TEST_CASE("what is called best is beaten by none") {
  const std::string rows =
      "networks: {a: {}, b: {}}\nmachines: {m: {}}\n"
      "measured: [{network: a, machine: m, latency: 1.25 ms, accuracy: 65.0 %}, {network: b, "
      "machine: m, latency: "
      "1.05 ms, accuracy: 64.0 %}]\n";
  const auto best = [&](const std::string& keys) {
    return verdict(rows + "best: [{what: it, machine: m, " + keys + "}]\n", "best");
  };
  CHECK(best("network: b, metric: latency") == "holds");
  CHECK(best("network: a, metric: latency") == "does not hold");
  CHECK(best("network: a, metric: accuracy") == "holds");
  CHECK(best("network: b, metric: accuracy") == "does not hold");
  CHECK(best("network: a, metric: energy") == "cannot be checked");
}

TEST_CASE("a limit is met or missed as stated") {
  const auto target = [](const std::string& keys) {
    return verdict("targets: [{what: it, " + keys + "}]\n", "target");
  };
  CHECK(target("value: 9.08x, limit: '>= 4x'") == "holds");
  CHECK(target("value: 3.80 %, limit: '< 2 %'") == "does not hold");
  CHECK(target("value: 3.80 %, limit: '< 2 %', stated: missed") == "holds");
  CHECK(target("value: 1.80 points, limit: '< 2 %'") == "holds");
  CHECK(target("value: 5 ms, limit: '< 2 %'") == "cannot be checked");
}

TEST_CASE("a share is at most 100 %") {
  CHECK(verdict("shares: [{what: it, stated: 100 %}]\n", "share") == "holds");
  CHECK(verdict("shares: [{what: it, stated: 101 %}]\n", "share") == "does not hold");
  CHECK(verdict("networks: {a: {accuracy: 144 %}}\n", "share") == "does not hold");
  CHECK(found("networks: {a: {accuracy: 88 %}}\n", "share").empty());
  CHECK(verdict("networks: {a: {}}\nmeasured: [{network: a, utilisation: 306 %}]\n", "share") ==
        "does not hold");
}

TEST_CASE("what nothing can check is named") {
  const auto finding = only("open: [{what: it is better, needs: a measurement}]\n", "open");
  CHECK(finding.verdict == audit::Verdict::unchecked);
  CHECK(finding.explanation == "needs a measurement");
}

}  // namespace
}  // namespace roofbeam
