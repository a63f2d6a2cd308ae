#include "scenarios/explanation.hpp"

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/subject.hpp"
#include "reports/explain_views.hpp"

namespace roofbeam::app {
int run(const Explain& command) {
  const Subject subject = read_subject(command.subject);
  const Explanation explanation = explain(subject);
  if (!command.report.empty()) write_report(explain_json(explanation), command.report);
  write_as(command.subject.model.format, command.subject.model.output,
           [&] { return explain_document(explanation, command.top); },
           {{"json", [&] { return explain_json(explanation); }},
            {"csv", [&] { return explain_csv(explanation); }}});
  return 0;
}

}  // namespace roofbeam::app
