// Audits of short claims files, for tests of single checks.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scenarios/audit/audit.hpp"

namespace roofbeam::testing {

inline audit::Audit audited(const std::string& text) {
  return audit::audit(
      audit::read_claims("claims: test\n" + text, ROOFBEAM_SOURCE_DIR "/claims.yaml"));
}

// Of one check, in the file's order.
inline std::vector<audit::Finding> found(const std::string& text, const std::string& check) {
  std::vector<audit::Finding> all;
  for (const audit::Finding& finding : audited(text).findings) {
    if (finding.check == check) all.push_back(finding);
  }
  return all;
}

// The only finding of a check.
inline audit::Finding only(const std::string& text, const std::string& check) {
  const auto all = found(text, check);
  REQUIRE_MESSAGE(all.size() == 1, check, " found ", all.size());
  return all.front();
}

inline std::string verdict(const std::string& text, const std::string& check) {
  return std::string(to_text(only(text, check).verdict));
}

}  // namespace roofbeam::testing
