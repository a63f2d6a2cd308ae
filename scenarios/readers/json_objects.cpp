#include "scenarios/readers/json_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/input_error.hpp"
#include "scenarios/readers/scan.hpp"

namespace roofbeam::readers {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostFields = 256;

config::Mark mark_at(const Text& text, std::size_t position) {
  const std::string_view before = std::string_view(text->text).substr(0, position);
  const auto line_begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  const auto line = 1 + std::ranges::count(before, '\n');
  return mark(text, static_cast<int>(line), before.size() - line_begin + 1);
}

// Follows nlohmann's events; depth 1 is the array, depth 2 its objects, depth 3 objects in those.
class Handler : public nlohmann::json_sax<Json> {
 public:
  Handler(const Text& text, std::string_view remedy,
          const std::function<void(const JsonObject&, std::size_t)>& f)
      : text_(text), remedy_(remedy), f_(f) {}

  bool null() override { return true; }
  bool boolean(bool value) override { return add(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return add(fmt::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(fmt::to_string(value)); }
  bool number_float(number_float_t, const string_t& digits) override { return add(digits); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return true; }

  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool end_array() override { return close(); }
  bool end_object() override {
    if (open_.size() == 2) {
      f_(object_, ++count_);
      object_ = {};
      fields_ = 0;
    }
    return close();
  }
  bool key(string_t& name) override {
    if (open_.size() == 2) key_ = name;
    if (open_.size() == 3) inner_key_ = name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    const auto end = text_->text.find_last_not_of(" \t\r\n") + 1;
    const auto place = std::min(position == 0 ? 0 : position - 1, end);
    throw InputError(
        config::complaint(mark_at(text_, place),
                          place == end ? "the JSON ends too early" : "this is not JSON", remedy_));
  }

 private:
  bool open(bool is_object) {
    if (open_.size() == kDeepest) fail(fmt::format("is nested deeper than {} levels", kDeepest));
    if (open_.size() == 1 && !is_object) fail("is not an array of objects");
    if (open_.empty() && is_object) fail("is not an array");
    open_.push_back(is_object);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  bool add(std::string value) {
    if (open_.size() < 2) fail("is not an array of objects");
    if (open_.size() > 3 || !open_.back()) return true;
    if (++fields_ > kMostFields) {
      fail(fmt::format("object {} has more than {} values", count_ + 1, kMostFields));
    }
    object_.add(open_.size() == 2 ? key_ : key_ + "." + inner_key_, std::move(value));
    return true;
  }
  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(fmt::format("{}: error: {}\n  {}", text_->name, what, remedy_));
  }

  const Text& text_;
  std::string_view remedy_;
  const std::function<void(const JsonObject&, std::size_t)>& f_;
  std::vector<bool> open_;  // whether each is an object
  std::string key_;
  std::string inner_key_;
  JsonObject object_;
  std::size_t fields_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

bool JsonObject::has(std::string_view key) const {
  return std::ranges::any_of(fields_, [&](const auto& field) { return field.first == key; });
}

std::string_view JsonObject::text(std::string_view key) const {
  for (const auto& [name, value] : fields_) {
    if (name == key) return value;
  }
  return {};
}

std::optional<double> JsonObject::number(std::string_view key) const {
  return whole_number(text(key));
}

void JsonObject::add(std::string key, std::string value) {
  fields_.emplace_back(std::move(key), std::move(value));
}

void each_object(const Text& text, std::string_view remedy,
                 const std::function<void(const JsonObject&, std::size_t)>& f) {
  Handler handler(text, remedy, f);
  (void)Json::sax_parse(text->text, &handler);
}

std::string_view array_start(std::string_view text) {
  constexpr std::size_t kEnough = 4096;
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos || text[begin] != '[') return {};
  return text.substr(begin, kEnough);
}

}  // namespace roofbeam::readers
