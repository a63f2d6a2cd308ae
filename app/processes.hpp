// The processes that work on one sweep together: this one alone, or those that mpirun started.
#pragma once

#include <functional>
#include <string>

namespace roofbeam::app {

// There is one at a time. Alone, everything is done here and nothing of MPI is touched, so that a
// program that can do both starts as fast. REQUIRES: all processes of a run make the same calls in
// the same order.
class Processes {
 public:
  // Joins the processes that mpirun started, if it did. Throws InputError if it did, but this
  // program was built without MPI: each of them would do all of the work.
  Processes();
  // Leaves them.
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  [[nodiscard]] int rank() const { return rank_; }    // of this one, from 0
  [[nodiscard]] int count() const { return count_; }  // 1 alone
  [[nodiscard]] bool first() const { return rank_ == 0; }
  // How many of them run on this machine, itself included.
  [[nodiscard]] int neighbours() const { return neighbours_; }

  // Whether `fine` holds in all; then nobody need speak. Else the first process in which it does
  // not gets `speaks`, so that what is wrong everywhere is said once.
  struct Agreement {
    bool fine = true;
    bool speaks = false;
  };
  [[nodiscard]] Agreement agree(bool fine) const;

  // What all have, in the first process: halves are put together in log2(count) steps by
  // `merge(own, received)`, which must not mind the order. Elsewhere what is left is of no use.
  [[nodiscard]] std::string reduce(
      std::string own,
      const std::function<std::string(std::string own, std::string received)>& merge) const;

  // Ends all processes at once, with this status; alone just this one's work goes on.
  void abort(int status) const;

 private:
  int rank_ = 0;
  int count_ = 1;
  int neighbours_ = 1;
};

}  // namespace roofbeam::app
