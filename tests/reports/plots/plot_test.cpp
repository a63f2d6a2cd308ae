#include "reports/plots/plot.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace roofbeam;

TEST_CASE("the ending of a path says the format") {
  CHECK(image_format_of("a/b.svg") == ImageFormat::svg);
  CHECK(image_format_of("b.pdf") == ImageFormat::pdf);
  CHECK(image_format_of("b.png") == ImageFormat::png);
  CHECK(!image_format_of("b.jpg"));
  CHECK(!image_format_of(".svg"));
  CHECK(!image_format_of(""));
}

TEST_CASE("a plot is a script that names its tables and its image by what they are beside it") {
  Plot plot;
  plot.script = "plot @{calls} using 1:2, @{calls} using 1:3";
  plot.data = {{"calls", "1\t2\t3\n"}};
  const auto files = plot_files(plot, ImageFormat::svg, "it's");
  REQUIRE(files.size() == 2);
  CHECK(files[0].name == "it's.gp");
  CHECK(files[0].text ==
        "set terminal svg size 800,500 dynamic font 'DejaVu Sans,12' noenhanced background "
        "'#ffffff'\n"
        "set output 'it''s.svg'\n"
        "plot 'it''s.calls.dat' using 1:2, 'it''s.calls.dat' using 1:3\n"
        "set output\n");
  CHECK(files[1].name == "it's.calls.dat");
  CHECK(files[1].text == "1\t2\t3\n");
}

TEST_CASE("names cannot leave their quotes") {
  CHECK(quoted("a'b") == "'a''b'");
  CHECK(quoted("a\nb") == "'a?b'");
  CHECK(cell("say \"hi\"\t") == "\"say 'hi'?\"");
}

TEST_CASE("numbers are read back to the same bits, and others are missing") {
  CHECK(cell(0.1) == "0.1");
  CHECK(cell(std::nan("")) == "NaN");
  CHECK(cell(INFINITY) == "NaN");
}

TEST_CASE("an axis has the prefix in which its largest value reads as 1 to 1000") {
  CHECK(axis_unit(0.0035).prefix == "m");
  CHECK(axis_unit(0.0035).factor == doctest::Approx(1e-3));
  CHECK(axis_unit(999).prefix.empty());
  CHECK(axis_unit(1000).prefix == "k");
  CHECK(axis_unit(5e20).prefix == "T");
  CHECK(axis_unit(0).factor == 1);
  CHECK(axis_unit(std::nan("")).factor == 1);
}
