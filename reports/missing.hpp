// The operators that are in nobody's figures, as text.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "reports/document.hpp"

namespace roofbeam {

using OperatorCounts = std::map<std::string, std::int64_t>;  // operator -> layers

// "Foo (2), com.acme.Bar (1)"; empty for none.
[[nodiscard]] std::string counted(const OperatorCounts& operators);
// What is not modelled and what is not shaped: a paragraph each, none if it is nothing.
void add_missing(Document& document, const OperatorCounts& not_modelled,
                 const OperatorCounts& not_shaped);

}  // namespace roofbeam
