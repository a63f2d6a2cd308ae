#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using Texts = std::vector<std::string>;

// 5 steps, a batch of 2, 3 features; `gates` gates of 4 hidden units; all outputs.
OneLayer recurrent(std::string op, std::int64_t gates, std::size_t outputs,
                   std::vector<Attribute> attributes = {}) {
  OneLayer layer{std::move(op),
                 {data({5, 2, 3}), weight({1, gates * 4, 3}), weight({1, gates * 4, 4})},
                 std::move(attributes)};
  layer.outputs = outputs;
  return layer;
}

OneLayer bidirectional_lstm() {
  OneLayer layer = recurrent("LSTM", 4, 3, {{"direction", "bidirectional"}});
  layer.inputs = {data({5, 2, 3}), weight({2, 16, 3}), weight({2, 16, 4}), weight({2, 32}),
                  left_out(),      data({2, 2, 4}),    data({2, 2, 4}),    weight({2, 12})};
  return layer;
}

}  // namespace

TEST_CASE("a recurrent layer makes a state per step and the last states") {
  const OneLayer lstm = recurrent("LSTM", 4, 3);
  CHECK(shape_of(lstm, 0) == "5x1x2x4");
  CHECK(shape_of(lstm, 1) == "1x2x4");
  CHECK(shape_of(lstm, 2) == "1x2x4");
  CHECK(shape_of(recurrent("GRU", 3, 2), 1) == "1x2x4");
  CHECK(shape_of(recurrent("RNN", 1, 2), 0) == "5x1x2x4");
  CHECK(shape_of(bidirectional_lstm(), 0) == "5x2x2x4");
  CHECK(shape_of(bidirectional_lstm(), 2) == "2x2x4");
}

TEST_CASE("layout 1 puts the batch first") {
  OneLayer lstm = recurrent("LSTM", 4, 3, {{"layout", 1}});
  CHECK(shape_of(lstm, 0) == "5x2x1x4");  // a batch of 5, 2 steps
  CHECK(shape_of(lstm, 1) == "5x1x4");
  CHECK(work(lstm).macs == work(recurrent("LSTM", 4, 3)).macs);
}

TEST_CASE("MACs are gates times hidden units times features and states, per step and direction") {
  CHECK(work(recurrent("RNN", 1, 2)).macs == 5 * 2 * 4 * (3 + 4));
  CHECK(work(recurrent("GRU", 3, 2)).macs == 5 * 2 * 3 * 4 * (3 + 4));
  CHECK(work(recurrent("LSTM", 4, 3)).macs == 5 * 2 * 4 * 4 * (3 + 4));
  const Work both = work(bidirectional_lstm());
  CHECK(both.macs == 2 * 1120);
  CHECK(both.matrix.batch == 10);
  CHECK(both.matrix.m == 2);
  CHECK(both.matrix.n == 16);
  CHECK(both.matrix.k == 7);
}

TEST_CASE("gates, activations and biases are vector operations per hidden unit") {
  const Work rnn = work(recurrent("RNN", 1, 2));  // 40 units: one tanh
  CHECK(rnn.ops(VectorOp::exponential) == 40);
  CHECK(rnn.ops(VectorOp::add) == 0);
  const Work gru = work(recurrent("GRU", 3, 2));  // two sigmoids, one tanh
  CHECK(gru.ops(VectorOp::exponential) == 40 * 3);
  CHECK(gru.ops(VectorOp::divide) == 40 * 2);
  CHECK(gru.ops(VectorOp::multiply) == 40 * 3);
  CHECK(gru.ops(VectorOp::add) == 40 * (2 + 2));
  const Work lstm = work(bidirectional_lstm());  // 80 units: three sigmoids, two tanhs
  CHECK(lstm.ops(VectorOp::exponential) == 80 * 5);
  CHECK(lstm.ops(VectorOp::divide) == 80 * 3);
  CHECK(lstm.ops(VectorOp::multiply) == 80 * (3 + 3));
  CHECK(lstm.ops(VectorOp::add) == 80 * (3 + 1 + 4 + 3));
  CHECK(lstm.ops(VectorOp::compare) == 0);
}

TEST_CASE("a reset gate behind the recurrence keeps the two biases apart") {
  OneLayer gru = recurrent("GRU", 3, 2);
  gru.inputs.push_back(weight({1, 24}));
  CHECK(work(gru).ops(VectorOp::add) == 40 * (4 + 3));
  gru.attributes = {{"linear_before_reset", 1}};
  CHECK(work(gru).ops(VectorOp::add) == 40 * (4 + 4));
}

TEST_CASE("stated activations and a clip are counted") {
  const OneLayer relu = recurrent("RNN", 1, 2, {{"activations", Texts{"ReLU"}}, {"clip", 2.0}});
  CHECK(work(relu).ops(VectorOp::exponential) == 0);
  CHECK(work(relu).ops(VectorOp::compare) == 40 * (1 + 2));
  const OneLayer lstm =
      recurrent("LSTM", 4, 3, {{"activations", Texts{"HardSigmoid", "Softsign"}}});
  CHECK(work(lstm).ops(VectorOp::compare) == 40 * (3 * 2 + 1));
  CHECK(work(lstm).ops(VectorOp::exponential) == 40);  // the last tanh is still the default
}

TEST_CASE("weights, recurrence, bias and peepholes are parameters") {
  CHECK(totals(infer_one(bidirectional_lstm())).parameters == 2 * (16 * 3 + 16 * 4 + 32 + 12));
}

TEST_CASE("recurrent layers that contradict their inputs say so") {
  const auto with = [](std::size_t i, Given given) {
    OneLayer layer = bidirectional_lstm();
    layer.inputs[i] = std::move(given);
    return layer;
  };
  const std::string cell =
      "because the input (5x2x3) has 3 features, the cell 2 directions and 4 gates of 4 hidden "
      "units";
  const std::pair<OneLayer, std::string> rows[] = {
      {with(0, data({5, 3})),
       "input 0 'x' (5x3) must have 3 dimensions: steps, batch and features (batch first if layout "
       "is 1)"},
      {with(1, weight({2, 16, 4})), "input 1 'w' (2x16x4) must be 2x16x3, " + cell},
      {with(2, weight({2, 12, 4})), "input 2 'b' (2x12x4) must be 2x16x4, " + cell},
      {with(2, weight({16, 4})),
       "input 2 'b' (16x4) must have 3 dimensions: directions, gates times hidden units and hidden "
       "units"},
      {with(3, weight({2, 16})), "input 3 'c' (2x16) must be 2x32, " + cell},
      {with(4, data({5})), "input 4 'd' (5) must be 2, because the batch is 2"},
      {with(5, data({1, 2, 4})),
       "input 5 'e' (1x2x4) must be 2x2x4, because that is the shape of a state"},
      {with(6, data({2, 2, 3})),
       "input 6 'f' (2x2x3) must be 2x2x4, because that is the shape of a state"},
      {with(7, weight({2, 16})), "input 7 'g' (2x16) must be 2x12, " + cell},
      {recurrent("GRU", 3, 2, {{"hidden_size", 5}}),
       "hidden_size is 5, but input 2 'b' (1x12x4) has 4 hidden units"},
      {recurrent("GRU", 3, 2, {{"direction", "sideways"}}),
       "direction is 'sideways'; it must be forward, reverse or bidirectional"},
      {recurrent("RNN", 1, 2, {{"layout", 2}}),
       "layout is 2; it must be 0 (steps first) or 1 (batch first)"},
      {recurrent("RNN", 1, 2, {{"activations", Texts{"Sine"}}}),
       "the activation 'Sine' is not known"},
      {recurrent("RNN", 1, 3), "it has 3 outputs, the operator has at most 2"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
