// Without MPI.
#include <cstdlib>

#include "app/processes.hpp"
#include "core/input_error.hpp"

namespace roofbeam::app {
namespace {

bool is_several(const char* variable) {
  const char* const count = std::getenv(variable);
  return count != nullptr && std::atoi(count) > 1;
}

}  // namespace

Processes::Processes() {
  if (!is_several("OMPI_COMM_WORLD_SIZE") && !is_several("PMI_SIZE")) return;
  throw InputError(
      "this roofbeam was built without MPI, so that every process would do all of the work; "
      "build it where MPI is found (libopenmpi-dev), or start it without mpirun");
}

Processes::~Processes() = default;

Processes::Agreement Processes::agree(bool fine) const { return {fine, !fine}; }

std::string Processes::reduce(
    std::string own,
    const std::function<std::string(std::string own, std::string received)>& /*merge*/) const {
  return own;
}

void Processes::abort(int /*status*/) const {}

}  // namespace roofbeam::app
