#include "scenarios/explanation.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/subject.hpp"
#include "reports/explain_views.hpp"

namespace roofbeam::app {
namespace {

std::string rendered(const Explain& command, const Explanation& explanation) {
  const std::string& format = command.subject.model.format;
  if (format == "json") return explain_json(explanation);
  if (format == "csv") return explain_csv(explanation);
  const Document document = explain_document(explanation, command.top);
  return format == "markdown" ? document.markdown() : document.text(output_width());
}

}  // namespace

int run(const Explain& command) {
  const Subject subject = read_subject(command.subject);
  const Explanation explanation = explain(subject);
  if (!command.report.empty()) write_report(explain_json(explanation), command.report);
  write_result(rendered(command, explanation), command.subject.model.output);
  return 0;
}

}  // namespace roofbeam::app
