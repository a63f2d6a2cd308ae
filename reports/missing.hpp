// The operators that are in nobody's figures, as text.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace roofbeam {

using OperatorCounts = std::map<std::string, std::int64_t>;  // operator -> layers

// "Foo (2), com.acme.Bar (1)"; empty for none.
[[nodiscard]] std::string counted(const OperatorCounts& operators);
// What is not modelled and what is not shaped: a sentence each, empty if it is nothing.
[[nodiscard]] std::array<std::string, 2> missing_sentences(const OperatorCounts& not_modelled,
                                                           const OperatorCounts& not_shaped);
// A paragraph each with an empty line before it; empty if nothing is missing.
[[nodiscard]] std::string missing_lines(const OperatorCounts& not_modelled,
                                        const OperatorCounts& not_shaped, std::size_t width);

}  // namespace roofbeam
