// With MPI. The only file that knows it.
#define OMPI_SKIP_MPICXX 1  // the functions of C will do
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "app/processes.hpp"

namespace roofbeam::app {
namespace {

// What the launchers of Open MPI, and of MPICH and its kin, tell the processes that they start.
bool started_by_mpirun() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr || std::getenv("PMI_SIZE") != nullptr ||
         std::getenv("PMIX_RANK") != nullptr;
}

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // MPI counts in int
constexpr int kTag = 1;

void send(const std::string& text, int to) {
  const std::uint64_t size = text.size();
  MPI_Send(&size, 1, MPI_UINT64_T, to, kTag, MPI_COMM_WORLD);
  for (std::size_t at = 0; at < text.size(); at += kMostAtOnce) {
    const auto part = static_cast<int>(std::min(kMostAtOnce, text.size() - at));
    MPI_Send(text.data() + at, part, MPI_BYTE, to, kTag, MPI_COMM_WORLD);
  }
}

std::string receive(int from) {
  std::uint64_t size = 0;
  MPI_Recv(&size, 1, MPI_UINT64_T, from, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  std::string text(size, '\0');
  for (std::size_t at = 0; at < text.size(); at += kMostAtOnce) {
    const auto part = static_cast<int>(std::min(kMostAtOnce, text.size() - at));
    MPI_Recv(text.data() + at, part, MPI_BYTE, from, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }
  return text;
}

}  // namespace

Processes::Processes() {
  if (!started_by_mpirun()) return;
  int threads = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &threads);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &count_);
  MPI_Comm here = MPI_COMM_NULL;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &here);
  MPI_Comm_size(here, &neighbours_);
  MPI_Comm_free(&here);
}

Processes::~Processes() {
  int initialized = 0;
  MPI_Initialized(&initialized);
  if (initialized != 0) MPI_Finalize();
}

Processes::Agreement Processes::agree(bool fine) const {
  if (count_ == 1) return {fine, !fine};
  const int own = fine ? count_ : rank_;
  int first = count_;
  MPI_Allreduce(&own, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return {first == count_, first == rank_};
}

std::string Processes::reduce(
    std::string own,
    const std::function<std::string(std::string own, std::string received)>& merge) const {
  for (int step = 1; step < count_; step *= 2) {
    if (rank_ % (2 * step) != 0) {
      send(own, rank_ - step);
      return own;
    }
    if (rank_ + step < count_) own = merge(std::move(own), receive(rank_ + step));
  }
  return own;
}

void Processes::abort(int status) const {
  if (count_ > 1) MPI_Abort(MPI_COMM_WORLD, status);
}

}  // namespace roofbeam::app
