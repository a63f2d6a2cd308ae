#include "bench/made_models.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <initializer_list>
#include <protozero/pbf_writer.hpp>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace roofbeam::bench {
namespace {

using protozero::pbf_writer;
using Dims = std::initializer_list<std::int64_t>;

// Field numbers of onnx.proto.
namespace model {
constexpr unsigned ir_version = 1, graph = 7, opset = 8;
}
namespace graph {
constexpr unsigned node = 1, name = 2, initializer = 5, input = 11, output = 12;
}
namespace node {
constexpr unsigned input = 1, output = 2, name = 3, op_type = 4, attribute = 5;
}
namespace tensor {
constexpr unsigned dims = 1, data_type = 2, name = 8, raw_data = 9;
}
constexpr int kFloat = 1;     // TensorProto.FLOAT
constexpr int kIntegers = 7;  // AttributeProto.INTS
constexpr std::int64_t kWidth = 2048;
constexpr std::int64_t kLayerMebibytes = kWidth * kWidth * 4 >> 20;

// A message that starts `message` and contains `length` more bytes, which the caller writes next.
std::string opened(std::string message, unsigned field, std::uint64_t length) {
  protozero::add_varint_to_buffer(&message, field << 3 | 2U);
  protozero::add_varint_to_buffer(&message, length);
  return message;
}

void add_node(pbf_writer& graph_writer, std::string_view op, const std::string& name,
              std::initializer_list<std::string> inputs, bool padded = false) {
  pbf_writer writer(graph_writer, graph::node);
  for (const std::string& input : inputs) writer.add_string(node::input, input);
  writer.add_string(node::output, name);
  writer.add_string(node::name, name);
  writer.add_string(node::op_type, op.data(), op.size());
  if (!padded) return;
  pbf_writer attribute(writer, node::attribute);
  attribute.add_string(1, "pads");
  for (int side = 0; side < 4; ++side) attribute.add_int64(8, 1);
  attribute.add_int32(20, kIntegers);
}

// A TensorProto but for the bytes of its data, which come last.
std::string tensor_head(const std::string& name, Dims dims) {
  std::string head;
  pbf_writer writer(head);
  for (const std::int64_t dim : dims) writer.add_int64(tensor::dims, dim);
  writer.add_int32(tensor::data_type, kFloat);
  writer.add_string(tensor::name, name);
  return head;
}

void add_value(pbf_writer& graph_writer, unsigned field, const std::string& name, Dims dims) {
  pbf_writer info(graph_writer, field);
  info.add_string(1, name);
  pbf_writer type(info, 2);
  pbf_writer tensor_type(type, 1);
  tensor_type.add_int32(1, kFloat);
  pbf_writer shape(tensor_type, 2);
  for (const std::int64_t size : dims) {
    pbf_writer dimension(shape, 1);
    dimension.add_int64(1, size);
  }
}

// A ModelProto whose graph is last: `graph_head` and as many bytes more as `rest`.
std::string model_head(const std::string& graph_head, std::uint64_t rest) {
  std::string head;
  pbf_writer writer(head);
  writer.add_int64(model::ir_version, 8);
  {
    pbf_writer opset(writer, model::opset);
    opset.add_int64(2, 17);
  }
  return opened(head, model::graph, graph_head.size() + rest) + graph_head;
}

class File {
 public:
  explicit File(const std::string& path) : path_(path) {
    file_ = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    require(file_ >= 0);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(file_); }

  void write(const std::string& bytes) {
    require(::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  void skip(std::int64_t bytes) { require(::lseek(file_, bytes, SEEK_CUR) >= 0); }
  void end_here() { require(::ftruncate(file_, ::lseek(file_, 0, SEEK_CUR)) == 0); }

 private:
  void require(bool done) const {
    if (!done) throw std::runtime_error("cannot write " + path_);
  }
  std::string path_;
  int file_ = -1;
};

std::string layer_name(std::int64_t i) { return "layer" + std::to_string(i); }

}  // namespace

std::string chain(int nodes) {
  std::string text;
  pbf_writer writer(text);
  writer.add_string(graph::name, "chain");
  std::string last = "input";
  for (int i = 0; i < nodes; ++i) {
    const bool convolution = i % 2 == 0;
    const std::string name = layer_name(i);
    if (convolution) {
      add_node(writer, "Conv", name, {last, "w" + name}, true);
      std::string weight = tensor_head("w" + name, {16, 16, 3, 3});
      pbf_writer(weight).add_bytes(tensor::raw_data, std::string(16 * 16 * 3 * 3 * 4, '\0'));
      writer.add_message(graph::initializer, weight);
    } else {
      add_node(writer, "Relu", name, {last});
    }
    last = name;
  }
  add_value(writer, graph::input, "input", {1, 16, 8, 8});
  add_value(writer, graph::output, last, {1, 16, 8, 8});
  return model_head(text, 0);
}

void write_heavy(const std::string& path, std::int64_t mebibytes) {
  const std::int64_t layers = mebibytes / kLayerMebibytes;
  const std::int64_t weight_bytes = kLayerMebibytes << 20;
  std::string graph_head;
  pbf_writer writer(graph_head);
  writer.add_string(graph::name, "heavy");
  std::string last = "input";
  std::vector<std::string> weights;  // as far as their data
  std::uint64_t rest = 0;
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::string name = layer_name(i);
    add_node(writer, "Gemm", name, {last, "w" + name});
    const std::string head = opened(tensor_head("w" + name, {kWidth, kWidth}), tensor::raw_data,
                                    static_cast<std::uint64_t>(weight_bytes));
    const auto size = head.size() + static_cast<std::uint64_t>(weight_bytes);
    weights.push_back(opened("", graph::initializer, size) + head);
    rest += weights.back().size() + static_cast<std::uint64_t>(weight_bytes);
    last = name;
  }
  add_value(writer, graph::input, "input", {1, kWidth});
  add_value(writer, graph::output, last, {1, kWidth});

  const std::string head = model_head(graph_head, rest);
  struct stat there {};
  if (::stat(path.c_str(), &there) == 0 &&
      static_cast<std::uint64_t>(there.st_size) == head.size() + rest) {
    return;
  }
  File file(path);
  file.write(head);
  for (const std::string& weight : weights) {
    file.write(weight);
    file.skip(weight_bytes);
  }
  file.end_here();
}

}  // namespace roofbeam::bench
