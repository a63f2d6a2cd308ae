// The operators that are in nobody's figures, as text.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace roofbeam {

using OperatorCounts = std::map<std::string, std::int64_t>;  // operator -> layers

// "Foo (2), com.acme.Bar (1)"; empty for none.
[[nodiscard]] std::string counted(const OperatorCounts& operators);
// A paragraph each with an empty line before it; empty if nothing is missing.
[[nodiscard]] std::string missing_lines(const OperatorCounts& not_modelled,
                                        const OperatorCounts& not_shaped, std::size_t width);

}  // namespace roofbeam
