#include "core/rewrites/rewrite.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"
#include "reports/rewrite_views.hpp"

namespace roofbeam::app {

int run(const Rewrites&) {
  write_result(rewrite_list(rewrites(), output_width()));
  return 0;
}

}  // namespace roofbeam::app
