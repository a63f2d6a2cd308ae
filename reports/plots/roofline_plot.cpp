#include "reports/plots/charts.hpp"
namespace roofbeam {
Plot roofline_plot(const Prediction& p) { return layers_plot(p); }
Plot memory_plot(const Prediction& p) { return layers_plot(p); }
}  // namespace roofbeam
