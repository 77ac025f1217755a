// ARM templates as the statements that Bicep would make of them, and their files of parameters.
// Source: learn.microsoft.com/azure/azure-resource-manager/templates/syntax, .../copy-resources, .../linked-templates.
#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/program.h"
#include "ingest/iac/document.h"
#include "ingest/syntax/bicep/bicep.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::azure {
namespace {

using bicep::Expression;
using bicep::ExpressionKind;
using bicep::Statement;
using bicep::StatementKind;

Expression text_node(std::string_view text, Location where) {
  Expression made;
  made.kind = ExpressionKind::text;
  made.text = text;
  made.where = where;
  return made;
}

Expression call_node(std::string name, std::vector<Expression> arguments, Location where) {
  Expression made;
  made.kind = ExpressionKind::call;
  made.text = std::move(name);
  made.children = std::move(arguments);
  made.where = where;
  return made;
}

class Lowering {
 public:
  Lowering(Unit& unit, const Source& source) : unit_(unit), source_(source) {}

  std::unique_ptr<File> file(const YamlNode& root) {
    auto made = std::make_unique<File>();
    made->name = source_.name();
    declare(root, StatementKind::parameter, "parameters", "defaultValue", made->statements);
    variables(root["variables"], made->statements);
    resources(root["resources"], {}, nullptr, *made);
    for (const YamlEntry& entry : root["outputs"].entries) {
      made->statements.push_back(statement(StatementKind::output, entry));
      made->statements.back().value = expression((*entry.value)["value"]);
    }
    return made;
  }

 private:
  /// What a resource inside another one is named and typed by.
  struct Above {
    std::string type;
    const YamlNode* name = nullptr;
  };

  static Statement statement(StatementKind kind, const YamlEntry& entry) {
    Statement made;
    made.kind = kind;
    made.name = entry.key;
    made.where = entry.where;
    made.name_where = entry.where;
    return made;
  }

  void declare(const YamlNode& root, StatementKind kind, std::string_view section, std::string_view value, std::vector<Statement>& into) {
    for (const YamlEntry& entry : root[section].entries) {
      Statement made = statement(kind, entry);
      const YamlNode& type = (*entry.value)["type"];
      made.type = ascii_lower(type.text);
      if (const YamlEntry* given = entry.value->entry(value)) made.value = expression(*given->value);
      if (const YamlEntry* allowed = entry.value->entry("allowedValues")) {
        made.decorators.push_back(call_node("allowed", {expression(*allowed->value)}, allowed->where));
      }
      if (made.type.starts_with("secure")) made.decorators.push_back(call_node("secure", {}, type.where));
      into.push_back(std::move(made));
    }
  }

  void variables(const YamlNode& section, std::vector<Statement>& into) {
    for (const YamlEntry& entry : section.entries) {
      if (entry.key == "copy" && entry.value->is_list()) {
        for (const YamlNode* copy : entry.value->children) {
          Statement made = statement(StatementKind::variable, entry);
          made.name = (*copy)["name"].text;
          made.value = looped(*copy, expression((*copy)["input"]));
          into.push_back(std::move(made));
        }
        continue;
      }
      into.push_back(statement(StatementKind::variable, entry));
      into.back().value = expression(*entry.value);
    }
  }

  /// `copy` around a value: a loop whose index is what copyIndex() of that name asks for.
  Expression looped(const YamlNode& copy, Expression value) {
    Expression made;
    made.kind = ExpressionKind::loop;
    made.where = copy.where;
    made.text = "copyIndex " + std::string(copy["name"].text);
    Expression zero;
    zero.kind = ExpressionKind::number;
    zero.text = "0";
    zero.where = copy.where;
    made.children.push_back(call_node("range", {std::move(zero), expression(copy["count"])}, copy.where));
    made.children.push_back(std::move(value));
    return made;
  }

  void resources(const YamlNode& section, const Above& above, const YamlNode* condition, File& into) {
    for (const YamlNode* child : section.children) resource(*child, {}, above, condition, into);
    // The newer form gives each resource a symbol.
    for (const YamlEntry& entry : section.entries) resource(*entry.value, entry.key, above, condition, into);
  }

  void resource(const YamlNode& node, std::string_view symbol, const Above& above, const YamlNode* outer_condition, File& into) {
    Statement made;
    made.kind = StatementKind::resource;
    made.where = node.where;
    made.name_where = node["name"].where;
    made.type = node["type"].text;
    if (made.type.empty() || !node["name"].present()) return;
    if (!above.type.empty() && made.type.find('.') == std::string::npos) made.type = above.type + "/" + made.type;
    const std::string bare = made.type;
    made.type += "@" + std::string(node["apiVersion"].text);
    made.name = symbol.empty() ? "#" + std::to_string(into.statements.size()) : std::string(symbol);
    made.existing = node["existing"].is_true();
    const YamlNode& condition = node["condition"].present() || outer_condition == nullptr ? node["condition"] : *outer_condition;
    if (ascii_lower(bare) == "microsoft.resources/deployments") return deployment(node, std::move(made), condition, into);
    Expression body = expression(node);
    if (above.name != nullptr) qualify(body, *above.name);
    wrap(body, node, condition);
    made.value = std::move(body);
    into.statements.push_back(std::move(made));
    resources(node["resources"], {bare, &node["name"]}, condition.present() ? &condition : nullptr, into);
  }

  /// The name below that of the resource around it, unless it says so itself.
  void qualify(Expression& body, const YamlNode& above) {
    for (std::size_t i = 0; i + 1 < body.children.size(); i += 2) {
      if (body.children[i].text != "name") continue;
      Expression whole;
      whole.kind = ExpressionKind::interpolated;
      whole.where = body.children[i + 1].where;
      whole.children.push_back(expression(above));
      whole.children.push_back(text_node("/", whole.where));
      whole.children.push_back(std::move(body.children[i + 1]));
      body.children[i + 1] = std::move(whole);
    }
  }

  void wrap(Expression& body, const YamlNode& node, const YamlNode& condition) {
    if (condition.present()) {
      Expression made;
      made.kind = ExpressionKind::conditional;
      made.where = body.where;
      made.children.push_back(expression(condition));
      made.children.push_back(std::move(body));
      body = std::move(made);
    }
    if (node["copy"].is_map()) body = looped(node["copy"], std::move(body));
  }

  /// A deployment inside: a module whose template stands here or in another file. With the outer scope, which is the default, the
  /// expressions in it are those of the template around it, and so are its resources.
  void deployment(const YamlNode& node, Statement made, const YamlNode& condition, File& into) {
    const YamlNode& properties = node["properties"];
    const bool is_inner = ascii_lower(properties["expressionEvaluationOptions"]["scope"].text) == "inner";
    if (properties["template"].present() && !is_inner) {
      resources(properties["template"]["resources"], {}, condition.present() ? &condition : nullptr, into);
      return;
    }
    made.kind = StatementKind::module;
    if (properties["template"].present()) {
      made.type = "#" + std::to_string(into.nested.size());
      into.nested.push_back(file(properties["template"]));
    } else {
      const YamlNode& link = properties["templateLink"];
      made.type = link["relativePath"].present() ? link["relativePath"].text : link["uri"].text;
    }
    Expression body;
    body.kind = ExpressionKind::object;
    body.where = node.where;
    body.children.push_back(text_node("name", node["name"].where));
    body.children.push_back(expression(node["name"]));
    body.children.push_back(text_node("params", node.where));
    Expression given;
    given.kind = ExpressionKind::object;
    given.where = properties["parameters"].where;
    for (const YamlEntry& entry : properties["parameters"].entries) {
      if (!(*entry.value)["value"].present()) continue;
      given.children.push_back(text_node(entry.key, entry.where));
      given.children.push_back(expression((*entry.value)["value"]));
    }
    body.children.push_back(std::move(given));
    wrap(body, node, condition);
    made.value = std::move(body);
    into.statements.push_back(std::move(made));
  }

  Expression expression(const YamlNode& node) {
    Expression made;
    made.where = node.where;
    switch (node.kind) {
      case YamlKind::null: made.kind = ExpressionKind::null; return made;
      case YamlKind::boolean:
        made.kind = ExpressionKind::boolean;
        made.text = node.is_true() ? "true" : "false";
        return made;
      case YamlKind::number:
        made.kind = ExpressionKind::number;
        made.text = node.text;
        return made;
      case YamlKind::text: return text(node.text, node.text_map(), node.where);
      case YamlKind::list:
        made.kind = ExpressionKind::list;
        for (const YamlNode* child : node.children) made.children.push_back(expression(*child));
        return made;
      case YamlKind::map: break;
    }
    made.kind = ExpressionKind::object;
    for (const YamlEntry& entry : node.entries) {
      // Properties that a loop makes: a list of {name, count, input} under the key "copy".
      const bool is_copy = entry.key == "copy" && entry.value->is_list() && !entry.value->children.empty() &&
                           (*entry.value->children.front())["input"].present();
      for (const YamlNode* copy : is_copy ? entry.value->children : std::vector<const YamlNode*>{}) {
        made.children.push_back(text_node((*copy)["name"].text, (*copy)["name"].where));
        made.children.push_back(looped(*copy, expression((*copy)["input"])));
      }
      if (is_copy) continue;
      TextMap map(entry.where.source, entry.where.begin + 1);
      map.set_end(entry.where.end);
      made.children.push_back(text(entry.key, map, entry.where));
      made.children.push_back(expression(*entry.value));
    }
    return made;
  }

  Expression text(std::string_view written, const TextMap& map, Location where) {
    const bool is_expression = written.size() > 2 && written.front() == '[' && written.back() == ']' && !written.starts_with("[[");
    if (!is_expression) return text_node(written.starts_with("[[") ? written.substr(1) : written, where);
    Expression made = bicep::parse_template_expression(written.substr(1, written.size() - 2), map);
    if (made.kind == ExpressionKind::bad) {
      unit_.error(where, "this expression cannot be read", "what depends on it stays unknown");
      made.where = where;
      return made;
    }
    place(made, where);
    return made;
  }

  /// Parts of an expression have the place of the whole text: evidence is the line that people read.
  static void place(Expression& e, Location where) {
    e.where = where;
    for (Expression& child : e.children) place(child, where);
  }

  Unit& unit_;
  const Source& source_;
};

}  // namespace

Kind kind_of(std::string_view name, std::string_view head) {
  if (head.find('\0') != std::string_view::npos) return Kind::none;
  if (name.ends_with(".bicep")) return Kind::bicep;
  if (name.ends_with(".bicepparam")) return Kind::bicep_parameters;
  if (!name.ends_with(".json") && !name.ends_with(".jsonc")) return Kind::none;
  const std::size_t schema = head.find("schema.management.azure.com/schemas/");
  if (schema == std::string_view::npos) return Kind::none;
  const std::string lower = ascii_lower(head.substr(schema, std::min<std::size_t>(120, head.size() - schema)));
  if (lower.find("deploymentparameters.json") != std::string::npos) return Kind::arm_parameters;
  return lower.find("deploymenttemplate.json") != std::string::npos ? Kind::arm : Kind::none;
}

std::unique_ptr<File> read_arm(Unit& unit, const Source& source) {
  const YamlStream stream = read_json(source, unit.id_of(source), unit.problems());
  if (stream.documents().empty() || !stream.documents().front()->is_map()) return nullptr;
  return Lowering(unit, source).file(*stream.documents().front());
}

std::optional<ParameterFile> read_arm_parameters(Unit& unit, const Source& source) {
  const YamlStream stream = read_json(source, unit.id_of(source), unit.problems());
  if (stream.documents().empty()) return std::nullopt;
  ParameterFile made{.name = source.name(), .file = {}, .values = {}};
  for (const YamlEntry& entry : (*stream.documents().front())["parameters"].entries) {
    // A reference to a secret of a vault has no value.
    if (const YamlEntry* value = entry.value->entry("value")) made.values.emplace(entry.key, iac::document_value(*value->value));
  }
  return made;
}

}  // namespace mainstay::azure
