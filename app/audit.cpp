#include "scenarios/audit/audit.hpp"

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "core/input_error.hpp"
#include "reports/audit_views.hpp"

namespace roofbeam::app {
namespace {

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

// "key: 'value', " for each that is given.
std::string keys(std::initializer_list<std::pair<std::string_view, const std::string*>> pairs) {
  std::string text;
  for (const auto& [key, value] : pairs) {
    if (!value->empty())
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, quoted(*value));
  }
  return text;
}

// The options as a claims file, so that both are read by the same rules.
std::string as_file(const AuditStatement& s) {
  const bool machine =
      !s.compute.empty() || !s.platform.empty() || !s.bandwidth.empty() || !s.budget.empty();
  const bool row = !s.latency.empty() || !s.energy.empty();
  const std::string network = keys({{"flops", &s.flops},
                                    {"macs", &s.macs},
                                    {"parameters", &s.parameters},
                                    {"size", &s.size},
                                    {"precision", &s.precision},
                                    {"onnx", &s.onnx}});
  std::string text = "claims: command line\n";
  text += fmt::format("networks: {{network: {{{}}}}}\n", network);
  text += fmt::format("machines: {{machine: {{{}}}}}\n", keys({{"compute", &s.compute},
                                                               {"platform", &s.platform},
                                                               {"bandwidth", &s.bandwidth},
                                                               {"budget", &s.budget}}));
  if (row) {
    text += fmt::format(
        "measured: [{{network: network{}, {}}}]\n", machine ? ", machine: machine" : "",
        keys({{"latency", &s.latency}, {"energy", &s.energy}, {"precision", &s.precision}}));
  }
  if (!s.before.empty() || !s.after.empty()) {
    text += fmt::format("changes: [{{what: change, {}}}]\n", keys({{"before", &s.before},
                                                                   {"after", &s.after},
                                                                   {"stated", &s.stated},
                                                                   {"as", &s.as},
                                                                   {"from", &s.from},
                                                                   {"to", &s.to}}));
  }
  if (!s.needs.empty() || !s.room.empty()) {
    text += fmt::format("fits: [{{what: it, {}}}]\n", keys({{"needs", &s.needs}, {"in", &s.room}}));
  }
  return text;
}

}  // namespace

int run(const Audit& command) {
  if (command.checks) {
    write_document(audit_checks(), command.format, command.output);
    return 0;
  }
  if (command.files.empty() && !command.statement.any()) {
    throw InputError(
        "nothing to check: name a claims file, or state numbers, such as\n"
        "  roofbeam audit --before '128 ms' --after '76 ms' --stated '33 %'");
  }
  std::vector<audit::Audit> audits;
  for (const std::string& file : command.files) {
    audits.push_back(audit::audit(audit::load_claims(file)));
  }
  if (command.statement.any()) {
    audits.push_back(audit::audit(audit::read_claims(as_file(command.statement), "command line")));
  }
  if (!command.report.empty()) write_report(audit_json(audits), command.report);
  const bool all = command.all || command.files.empty();
  write_as(
      command.format, command.output, [&] { return audit_document(audits, all); },
      {{"json", [&] { return audit_json(audits); }}, {"csv", [&] { return audit_csv(audits); }}});
  bool fails = false;
  for (const audit::Audit& audit : audits) {
    if (audit.findings.empty()) warn(fmt::format("{}: nothing in it can be checked", audit.name));
    fails = fails || audit.count(audit::Verdict::fails) > 0;
  }
  return command.strict && fails ? kDoesNotHold : 0;
}

}  // namespace roofbeam::app
