#include <csignal>
#include <exception>
#include <new>

#include "app/command_line.hpp"
#include "app/output.hpp"
#include "core/input_error.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writing says EPIPE instead (app/output.cpp)
  try {
    return roofbeam::app::read_command_line(argc, argv)();
  } catch (const roofbeam::InputError& error) {
    roofbeam::app::print_error(error.what());
  } catch (const std::bad_alloc&) {
    roofbeam::app::print_error("out of memory");
  } catch (const std::exception& error) {
    roofbeam::app::print_error(error.what());
  }
  return roofbeam::app::kWrongInput;
}
