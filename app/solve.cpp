#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/subject.hpp"
#include "core/input_error.hpp"
#include "reports/solve_views.hpp"
#include "scenarios/solving.hpp"

namespace roofbeam::app {
namespace {

SolveQuestion question_of(const Solve& command) {
  using Ask = SolveQuestion::Ask;
  SolveQuestion question = parse_question(command.question);
  if (command.smallest) question.ask = Ask::smallest;
  if (command.largest) question.ask = Ask::largest;
  if (!command.best.empty()) question.best = parse_objective(command.best);
  if (command.sure <= 0 || command.sure >= 100) {
    throw InputError(fmt::format("--sure {}: write a percentage within 0 and 100", command.sure));
  }
  if (command.points < 2 || command.points > 100'000) {
    throw InputError(fmt::format("--points {}: write 2 to 100000", command.points));
  }
  question.sure = command.sure / 100;
  question.points = command.points;
  return question;
}

}  // namespace

int run(const Solve& command) {
  const SolveQuestion question = question_of(command);
  const Subject subject = read_subject(command.subject);
  const Axis axis(command.vary, subject, command.digits);
  const Solution solution = solve(subject, axis, question);
  if (!command.report.empty()) write_report(solve_json(solution), command.report);
  write_as(command.subject.model.format, command.subject.model.output,
           [&] { return solve_document(solution); },
           {{"json", [&] { return solve_json(solution); }},
            {"csv", [&] { return solve_csv(solution); }}});
  return 0;
}

}  // namespace roofbeam::app
