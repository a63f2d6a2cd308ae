#include "models/columns/kernel.hpp"

namespace roofbeam::columns::portable {

void evaluate(const Program& program, const double* const* slots, double* scratch,
              const BlockOutputs& out) {
  evaluate_block(program, slots, scratch, out);
}

}  // namespace roofbeam::columns::portable
