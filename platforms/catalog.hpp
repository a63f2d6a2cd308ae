// From a name or path to a merged tree: what platforms and runtimes have in common before their
// schemas part.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "platforms/embedded.hpp"
#include "platforms/platform.hpp"

namespace roofbeam {

struct Catalog {
  std::string_view kind;    // "platform": what messages call an entry
  std::string_view folder;  // "catalog": where its files lie, for messages
  std::string_view list;    // "roofbeam platforms list": the command that shows all names
  std::span<const EmbeddedFile> files;
};

[[nodiscard]] Catalog platform_catalog();
[[nodiscard]] Catalog core_catalog();
[[nodiscard]] Catalog runtime_catalog();

[[nodiscard]] std::vector<std::string> names(const Catalog& catalog);

// The YAML text of an entry or a file, as it stands. Throws InputError: unknown name (says the
// nearest, and the command that lists all), unreadable file.
[[nodiscard]] std::string text(const Catalog& catalog, const std::string& name_or_path);

// Parsed, with everything it extends merged below it, the cores of its engines too, and the
// settings written into it. Throws InputError, also for a chain of `extends` that comes back to
// where it was.
[[nodiscard]] config::Node tree(const Catalog& catalog, const std::string& name_or_path,
                                const std::vector<Setting>& settings);

// What a word of another file names (a path is taken from that file's folder), parsed, with
// everything it extends. Throws InputError; an unknown name is complained of as `key`, at the word.
[[nodiscard]] config::Node tree_named_by(const config::Node& word, std::string_view key,
                                         const Catalog& catalog);

}  // namespace roofbeam
