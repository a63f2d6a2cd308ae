// The objects of a JSON array one after another, so that a trace of any length takes no more memory
// than its largest object.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/readers/readers.hpp"

namespace roofbeam::readers {

// The scalars of one object, and of objects in it by dotted key ("args.op_name"). What lies deeper
// or in arrays is left out.
class JsonObject {
 public:
  [[nodiscard]] std::string_view text(std::string_view key) const;  // empty if absent
  // The number, plain or as text; nullopt if absent, negative or no number.
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  void add(std::string key, std::string value);

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// Calls f(object, number) for each object of the array that the text is; numbers count from 1.
// Throws InputError: no JSON, no array of objects, nesting beyond 64, an object of more than 256
// scalars, a text that ends too early; `remedy` says what to do about the last.
void each_object(const Text& text, std::string_view remedy,
                 const std::function<void(const JsonObject&, std::size_t)>& f);

// The first characters of a text, for telling formats apart; empty if it is not a JSON array.
[[nodiscard]] std::string_view array_start(std::string_view text);

}  // namespace roofbeam::readers
