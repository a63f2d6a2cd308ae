#include "core/onnx/tensor_proto.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

#include "core/input_error.hpp"

namespace roofbeam::onnx {
namespace {

// Field numbers of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto).
enum class TensorField : protozero::pbf_tag_type {
  dims = 1,
  data_type = 2,
  float_data = 4,
  int32_data = 5,
  string_data = 6,
  int64_data = 7,
  name = 8,
  raw_data = 9,
  double_data = 10,
  uint64_data = 11,
  external_data = 13,
  data_location = 14,
};
enum class EntryField : protozero::pbf_tag_type { key = 1, value = 2 };
constexpr std::int32_t kExternal = 1;  // TensorProto.DataLocation
enum class SparseField : protozero::pbf_tag_type { values = 1, indices = 2, dims = 3 };

// Reals matter to rules only as a handful of scales or limits; larger ones are weights.
constexpr std::int64_t kMostReals = 64;

// The small elements found so far. Typed fields come packed or one by one.
struct Data {
  std::optional<std::string_view> raw;
  std::vector<std::int64_t> integers;
  std::vector<double> reals;
  bool too_many = false;

  // False once there are more than anybody wants to know: stop reading.
  bool add(std::int64_t value) { return add(value, integers, Values::kMostValues); }
  bool add(double value) { return add(value, reals, kMostReals); }

 private:
  template <class T>
  bool add(T value, std::vector<T>& values, std::int64_t most) {
    too_many = static_cast<std::int64_t>(values.size()) >= most;
    if (!too_many) values.push_back(value);
    return !too_many;
  }
};

using Message = protozero::pbf_message<TensorField>;
using Reader = protozero::pbf_reader;

template <class T>
T load(std::string_view raw, std::size_t i) {
  T value;
  std::memcpy(&value, raw.data() + i * sizeof(T), sizeof(T));
  return value;
}

template <class T, class Out>
std::vector<Out> load_all(std::string_view raw) {
  std::vector<Out> values(raw.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<Out>(load<T>(raw, i));
  return values;
}

template <class T>
Values integers_of(std::string_view raw) {
  return {load_all<T, std::int64_t>(raw)};
}

std::optional<Values> values_of_raw(ElementType element, std::string_view raw) {
  switch (element) {
    case ElementType::i64:
      return integers_of<std::int64_t>(raw);
    case ElementType::u64:
      return integers_of<std::uint64_t>(raw);
    case ElementType::i32:
      return integers_of<std::int32_t>(raw);
    case ElementType::u32:
      return integers_of<std::uint32_t>(raw);
    case ElementType::i16:
      return integers_of<std::int16_t>(raw);
    case ElementType::u16:
      return integers_of<std::uint16_t>(raw);
    case ElementType::i8:
      return integers_of<std::int8_t>(raw);
    case ElementType::u8:
    case ElementType::boolean:
      return integers_of<std::uint8_t>(raw);
    case ElementType::f32:
      return Values{load_all<float, double>(raw)};
    case ElementType::f64:
      return Values{load_all<double, double>(raw)};
    default:
      return std::nullopt;
  }
}

using Entry = std::pair<std::string_view, std::string_view>;

// StringStringEntryProto: location, offset, length, checksum.
Entry read_entry(protozero::data_view bytes) {
  Entry entry;
  protozero::pbf_message<EntryField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case EntryField::key:
        entry.first = as_text(message.get_view());
        break;
      case EntryField::value:
        entry.second = as_text(message.get_view());
        break;
      default:
        message.skip();
    }
  }
  return entry;
}

std::int64_t whole_number(std::string_view tensor, const Entry& entry) {
  const auto [key, text] = entry;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0) return number;
  throw InputError(fmt::format("tensor '{}' has external data whose {} is '{}', not a whole number",
                               tensor, key, text));
}

ExternalData external_of(std::string_view tensor, const std::vector<Entry>& entries) {
  ExternalData external;
  for (const auto& entry : entries) {
    if (entry.first == "location") external.location = entry.second;
    if (entry.first == "offset") external.offset = whole_number(tensor, entry);
    if (entry.first == "length") external.length = whole_number(tensor, entry);
  }
  return external;
}

bool small_enough(ElementType element, std::int64_t count) {
  return count <= (is_float(element) ? kMostReals : Values::kMostValues);
}

std::optional<Values> values_of(const Data& data, const TensorType& type, std::int64_t count) {
  if (!small_enough(type.element, count) || data.too_many) return std::nullopt;
  if (data.raw) return values_of_raw(type.element, *data.raw);
  const auto stored = static_cast<std::size_t>(count);
  const bool packed = bits(type.element) < 8;  // several in one number
  const bool is_int = (is_integer(type.element) && !packed) || type.element == ElementType::boolean;
  if (is_int && data.integers.size() == stored) return Values{data.integers};
  const bool is_real = type.element == ElementType::f32 || type.element == ElementType::f64;
  if (is_real && data.reals.size() == stored) return Values{data.reals};
  return std::nullopt;
}

// Elements of a stored shape; refuses negative dimensions and sizes that overflow.
std::int64_t checked_count(const StoredTensor& tensor) {
  std::int64_t total_bits = bits(tensor.type.element);
  if (total_bits == 0) total_bits = 1;
  std::int64_t count = 1;
  for (const auto dim : tensor.type.shape) {
    if (dim < 0) {
      throw InputError(fmt::format("tensor '{}' has a negative dimension: {}", tensor.name,
                                   to_text(tensor.type.shape)));
    }
    if (__builtin_mul_overflow(total_bits, dim, &total_bits)) {
      throw InputError(fmt::format("tensor '{}' ({} {}) has more than 2^63 bits", tensor.name,
                                   to_text(tensor.type.shape), to_text(tensor.type.element)));
    }
    count *= dim;
  }
  return count;
}

void check_raw_size(const StoredTensor& tensor, std::int64_t count, std::string_view raw) {
  const int element_bits = bits(tensor.type.element);
  if (element_bits == 0 || tensor.type.element == ElementType::text) return;
  const std::int64_t needed = stored_bytes(tensor.type);
  if (static_cast<std::int64_t>(raw.size()) == needed) return;
  throw InputError(fmt::format("tensor '{}': {} elements of {} ({}) need {} bytes, the file has {}",
                               tensor.name, count, to_text(tensor.type.element),
                               to_text(tensor.type.shape), needed, raw.size()));
}

}  // namespace

std::optional<Values> values_of_bytes(const TensorType& type, std::string_view raw) {
  return small_enough(type.element, element_count(type.shape)) ? values_of_raw(type.element, raw)
                                                               : std::nullopt;
}

std::int64_t stored_bytes(const TensorType& type) {
  const auto size = element_count(type.shape) * bits(type.element);
  return size / 8 + (size % 8 != 0 ? 1 : 0);
}

StoredTensor read_tensor(protozero::data_view bytes) {
  StoredTensor tensor;
  Data data;
  std::vector<Entry> entries;
  const auto dimension = [&](std::int64_t dim) { return tensor.type.shape.push_back(dim), true; };
  const auto integer = [&](auto value) { return data.add(static_cast<std::int64_t>(value)); };
  const auto real = [&](auto value) { return data.add(static_cast<double>(value)); };
  Message message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case TensorField::dims:
        for_each_value(message, &Reader::get_packed_int64, &Reader::get_int64, dimension);
        break;
      case TensorField::data_type:
        tensor.type.element = onnx_element_type(message.get_int32());
        break;
      case TensorField::name:
        tensor.name = as_text(message.get_view());
        break;
      case TensorField::raw_data:
        data.raw = as_text(message.get_view());
        break;
      case TensorField::float_data:
        for_each_value(message, &Reader::get_packed_float, &Reader::get_float, real);
        break;
      case TensorField::double_data:
        for_each_value(message, &Reader::get_packed_double, &Reader::get_double, real);
        break;
      case TensorField::int32_data:
        for_each_value(message, &Reader::get_packed_int32, &Reader::get_int32, integer);
        break;
      case TensorField::int64_data:
        for_each_value(message, &Reader::get_packed_int64, &Reader::get_int64, integer);
        break;
      case TensorField::uint64_data:
        for_each_value(message, &Reader::get_packed_uint64, &Reader::get_uint64, integer);
        break;
      case TensorField::external_data:
        entries.push_back(read_entry(message.get_view()));
        break;
      case TensorField::data_location:
        if (message.get_int32() == kExternal) tensor.external = ExternalData{};
        break;
      default:
        message.skip();
    }
  }
  const auto count = checked_count(tensor);
  if (tensor.external) tensor.external = external_of(tensor.name, entries);
  if (data.raw) check_raw_size(tensor, count, *data.raw);
  tensor.type.values = values_of(data, tensor.type, count);
  return tensor;
}

StoredTensor read_sparse_tensor(protozero::data_view bytes) {
  StoredTensor tensor;
  Shape dims;
  protozero::pbf_message<SparseField> message(bytes);
  while (message.next()) {
    switch (message.tag()) {
      case SparseField::values:
        tensor = read_tensor(message.get_view());
        break;
      case SparseField::dims:
        for_each_value(message, &Reader::get_packed_int64, &Reader::get_int64,
                       [&](std::int64_t dim) { return dims.push_back(dim), true; });
        break;
      default:
        message.skip();
    }
  }
  tensor.type.shape = std::move(dims);
  tensor.type.values.reset();
  tensor.external.reset();
  checked_count(tensor);
  return tensor;
}

}  // namespace roofbeam::onnx
