// Empty where the build does not ask for these instructions (models/CMakeLists.txt).
#ifdef __AVX2__
#include "models/columns/kernel.hpp"

namespace roofbeam::columns::avx2 {

void evaluate(const Program& program, const double* const* slots, double* scratch,
              const BlockOutputs& out) {
  evaluate_block(program, slots, scratch, out);
}

}  // namespace roofbeam::columns::avx2

#endif
