// Empty where the build does not ask for these instructions (models/CMakeLists.txt).
#ifdef __AVX512DQ__
#include "models/columns/kernel.hpp"

namespace roofbeam::columns::avx512 {

void evaluate(const Program& program, const double* const* slots, double* scratch,
              const BlockOutputs& out) {
  evaluate_block(program, slots, scratch, out);
}

}  // namespace roofbeam::columns::avx512

#endif
