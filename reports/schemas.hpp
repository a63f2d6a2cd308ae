// The published JSON Schemas (draft 2020-12) of what reports write as JSON: one file an output in
// schemas/, and common.schema.json with the parts that several share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedded_file.hpp"
#include "reports/document.hpp"

namespace roofbeam {

// All files, sorted by name, the common one among them.
[[nodiscard]] std::span<const EmbeddedFile> embedded_schemas();

// Name, the command that writes such JSON, and what it says; at most so wide.
[[nodiscard]] Document schema_list();

// The schema of "predict" as one document: what it takes of the common file stands in its $defs.
// Throws InputError where there is no such schema.
[[nodiscard]] std::string schema_text(const std::string& name);

}  // namespace roofbeam
