#include "core/rewrites/rewrite.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"
#include "reports/rewrite_views.hpp"

namespace roofbeam::app {

int run(const Rewrites&) {
  write_document(rewrite_list(rewrites()), "table");
  return 0;
}

}  // namespace roofbeam::app
