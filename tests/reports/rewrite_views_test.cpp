#include "reports/rewrite_views.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

TEST_CASE("each rewrite is shown with its value and its sentence") {
  const RewriteRow rows[] = {{.key = "batch",
                              .values = "4",
                              .sentence = "Sets the batch.",
                              .apply = nullptr,
                              .check = nullptr},
                             {.key = "width",
                              .values = "0.75, or {times: 0.75}",
                              .sentence = "Multiplies the channels of every layer.",
                              .apply = nullptr,
                              .check = nullptr}};
  CHECK(rewrite_list(rows).text(34) ==
        "--rewrite KEY=VALUE, or\n"
        "  network.KEY in a scenario:\n"
        "  batch=4\n"
        "    Sets the batch.\n"
        "  width=0.75, or {times: 0.75}\n"
        "    Multiplies the channels of\n"
        "    every layer.\n");
}

}  // namespace
}  // namespace roofbeam
