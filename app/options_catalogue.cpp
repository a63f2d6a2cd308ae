#include "app/options.hpp"

namespace roofbeam::app {
namespace {

constexpr const char* kOperatorsFooter = R"(
Examples:
  roofbeam operators
  roofbeam operators --domain ai.onnx.ml --format json)";

constexpr const char* kPlatformsFooter = R"(
Examples:
  roofbeam platforms list
  roofbeam platforms cores
  roofbeam platforms show cortex-m7
  roofbeam platforms show cortex-m7 --yaml > my-board.yaml
  roofbeam platforms check my-board.yaml)";

constexpr const char* kRuntimesFooter = R"(
Examples:
  roofbeam runtimes list
  roofbeam runtimes show ncnn)";

constexpr const char* kSchemasFooter = R"(
Examples:
  roofbeam schemas list
  roofbeam schemas show predict > predict.schema.json

Each is one JSON Schema (draft 2020-12) that needs no other file.)";

void add_operators(CLI::App& app, Command& command) {
  auto options = std::make_shared<Operators>();
  CLI::App* sub = app.add_subcommand("operators", "Operators that are modelled, and how");
  sub->add_option("--domain", options->domain, "Only of this domain; ONNX's own is ai.onnx")
      ->type_name("DOMAIN");
  add_format(*sub, options->format, {"table", "markdown", "json"});
  sub->footer(kOperatorsFooter);
  sub->callback([options, &command] { command = *options; });
}

void add_rewrite_list(CLI::App& app, Command& command) {
  app.add_subcommand("rewrites", "What --rewrite can change in a network")->callback([&command] {
    command = Rewrites{};
  });
}

struct PlatformsOptions {
  PlatformsList list;
  PlatformsShow show;
  PlatformsCheck check;
};

void add_platforms(CLI::App& app, Command& command) {
  auto options = std::make_shared<PlatformsOptions>();
  CLI::App* group = app.add_subcommand("platforms", "The hardware that is described");
  group->require_subcommand(1)->footer(kPlatformsFooter);

  CLI::App* list = group->add_subcommand("list", "All platforms of the catalogue");
  add_format(*list, options->list.format, {"table", "markdown", "json"});
  list->callback([options, &command] { command = options->list; });

  group->add_subcommand("cores", "All core types that descriptors build on")->callback([&command] {
    command = PlatformsCores{};
  });

  CLI::App* show = group->add_subcommand("show", "One platform and what follows from it");
  show->add_option("name", options->show.name, "Name or YAML file")->required()->type_name("NAME");
  add_format(*show, options->show.format, {"table", "markdown", "json"});
  show->add_flag("--yaml", options->show.yaml, "The descriptor as it stands, with every source");
  show->callback([options, &command] { command = options->show; });

  CLI::App* check = group->add_subcommand("check", "Read descriptors and complain precisely");
  check->add_option("files", options->check.files, "YAML files")->required()->type_name("FILE");
  check->callback([options, &command] { command = options->check; });
}

void add_runtimes(CLI::App& app, Command& command) {
  auto options = std::make_shared<RuntimesShow>();
  CLI::App* group = app.add_subcommand("runtimes", "The software that is described");
  group->require_subcommand(1)->footer(kRuntimesFooter);
  group->add_subcommand("list", "All runtimes of the catalogue")->callback([&command] {
    command = RuntimesList{};
  });
  CLI::App* show = group->add_subcommand("show", "One runtime and its kernels");
  show->add_option("name", options->name, "Name or YAML file")->required()->type_name("NAME");
  show->add_flag("--yaml", options->yaml, "The profile as it stands, with every source");
  show->callback([options, &command] { command = *options; });
}

void add_schemas(CLI::App& app, Command& command) {
  auto options = std::make_shared<Schemas>();
  CLI::App* group = app.add_subcommand("schemas", "JSON Schemas of what --format json writes");
  group->require_subcommand(0, 1)->footer(kSchemasFooter);
  group->add_subcommand("list", "All schemas, also without this word");
  CLI::App* show = group->add_subcommand("show", "One schema");
  show->add_option("name", options->name, "Name of a schema")->required()->type_name("NAME");
  group->callback([options, &command] { command = *options; });
}

}  // namespace

void add_catalogue_commands(CLI::App& app, Command& command) {
  add_operators(app, command);
  add_rewrite_list(app, command);
  add_platforms(app, command);
  add_runtimes(app, command);
  add_schemas(app, command);
}

}  // namespace roofbeam::app
