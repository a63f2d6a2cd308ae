#include "core/onnx/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "core/input_error.hpp"
#include "core/onnx/pbf.hpp"
// pbf.hpp sets protozero up before any header of it
#include <protozero/pbf_writer.hpp>

namespace roofbeam::onnx {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;
using protozero::pbf_writer;

// Field numbers of onnx.proto.
constexpr protozero::pbf_tag_type kGraphOfModel = 7;
constexpr protozero::pbf_tag_type kNodeOfGraph = 1;
constexpr protozero::pbf_tag_type kOutputOfNode = 2;
constexpr protozero::pbf_tag_type kNotesOfNode = 9;
constexpr protozero::pbf_tag_type kKey = 1;
constexpr protozero::pbf_tag_type kValue = 2;

std::string_view text_of(data_view view) { return {view.data(), view.size()}; }

// A field of a message as it stands: its tag, and if it has a length, its content.
struct Field {
  protozero::pbf_tag_type tag = 0;
  bool message = false;
  std::string_view whole;    // tag and length included
  std::string_view content;  // of a message
};

std::vector<Field> fields_of(std::string_view bytes) {
  std::vector<Field> fields;
  pbf_reader reader(data_view(bytes.data(), bytes.size()));
  const char* begin = bytes.data();
  while (reader.next()) {
    Field field;
    field.tag = reader.tag();
    field.message = reader.wire_type() == pbf_wire_type::length_delimited;
    if (field.message) {
      field.content = text_of(reader.get_view());
    } else {
      reader.skip();
    }
    const char* end = bytes.data() + (bytes.size() - reader.length());
    field.whole = {begin, static_cast<std::size_t>(end - begin)};
    begin = end;
    fields.push_back(field);
  }
  return fields;
}

std::string_view key_of(std::string_view entry) {
  for (const auto& field : fields_of(entry)) {
    if (field.tag == kKey && field.message) return field.content;
  }
  return {};
}

const std::vector<Note>* notes_of(const std::vector<Field>& node, const NodeNotes& notes) {
  for (const auto& field : node) {
    if (field.tag != kOutputOfNode || !field.message) continue;
    const auto found = notes.find(field.content);
    if (found != notes.end()) return &found->second;
  }
  return nullptr;
}

// A node with its notes; without those of the same keys that it had.
std::string noted_node(const std::vector<Field>& node, const std::vector<Note>& notes) {
  std::string made;
  for (const auto& field : node) {
    const auto replaced = [&](const Note& note) { return note.first == key_of(field.content); };
    const bool old = field.tag == kNotesOfNode && field.message &&
                     std::any_of(notes.begin(), notes.end(), replaced);
    if (!old) made += field.whole;
  }
  pbf_writer writer(made);
  for (const auto& [key, value] : notes) {
    pbf_writer entry(writer, kNotesOfNode);
    entry.add_string(kKey, key);
    entry.add_string(kValue, value);
  }
  return made;
}

std::string header_of(protozero::pbf_tag_type tag, std::size_t length) {
  std::string header;
  protozero::write_varint(std::back_inserter(header), (tag << 3U) | 2U);
  protozero::write_varint(std::back_inserter(header), length);
  return header;
}

}  // namespace

AnnotatedModel::AnnotatedModel(std::string_view model, const NodeNotes& notes) try {
  for (const auto& field : fields_of(model)) {
    if (field.tag != kGraphOfModel || !field.message) {
      pieces_.push_back({"", field.whole});
      continue;
    }
    const std::size_t header = pieces_.size();
    pieces_.emplace_back();
    std::size_t length = 0;
    const auto add = [&](Piece piece) {
      length += piece.made.size() + piece.copied.size();
      pieces_.push_back(std::move(piece));
    };
    for (const auto& part : fields_of(field.content)) {
      const auto node =
          part.tag == kNodeOfGraph && part.message ? fields_of(part.content) : std::vector<Field>{};
      const auto* found = notes_of(node, notes);
      if (found == nullptr) {
        add({"", part.whole});
        continue;
      }
      ++noted_;
      const std::string content = noted_node(node, *found);
      add({header_of(kNodeOfGraph, content.size()) + content, ""});
    }
    pieces_[header].made = header_of(kGraphOfModel, length);
  }
} catch (const protozero::exception& error) {
  throw InputError(fmt::format("not an ONNX model: {}", error.what()));
}

void AnnotatedModel::write(std::ostream& out) const {
  for (const auto& piece : pieces_) {
    out.write(piece.made.data(), static_cast<std::streamsize>(piece.made.size()));
    out.write(piece.copied.data(), static_cast<std::streamsize>(piece.copied.size()));
  }
}

}  // namespace roofbeam::onnx
