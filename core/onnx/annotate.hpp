// ONNX out: the same model with notes on its nodes, for viewers such as Netron.
//
// Notes become entries of NodeProto.metadata_props (field 9 of onnx.proto, since IR version 10;
// readers of older versions skip it). Everything else stays as it stands, byte for byte: weights
// are never copied in memory, and data in other files are still looked up beside the model.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roofbeam::onnx {

using Note = std::pair<std::string, std::string>;  // key and value
// By the name of any tensor that a node of the outermost graph makes.
using NodeNotes = std::map<std::string, std::vector<Note>, std::less<>>;

class AnnotatedModel {
 public:
  // `model` must outlive this. A note that stands there already under the same key is replaced.
  // Throws InputError where the file is not ONNX.
  AnnotatedModel(std::string_view model, const NodeNotes& notes);

  [[nodiscard]] std::size_t noted() const { return noted_; }  // nodes with notes
  void write(std::ostream& out) const;

 private:
  struct Piece {
    std::string made;         // what is new, and then
    std::string_view copied;  // what stood there
  };
  std::vector<Piece> pieces_;
  std::size_t noted_ = 0;
};

}  // namespace roofbeam::onnx
