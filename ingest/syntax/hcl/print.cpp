// Printing a tree, and comparing two.
#include <algorithm>

#include "ingest/syntax/hcl/hcl.h"

namespace mainstay::hcl {
namespace {

class Printer {
 public:
  std::string out;

  void body(const Body& body, int indent) {
    for (const Attribute& attribute : body.attributes) {
      if (attribute.value.kind == ExpressionKind::bad) continue;
      line(indent);
      out += attribute.name + " = ";
      expression(attribute.value);
      out += '\n';
    }
    for (const Block& block : body.blocks) {
      line(indent);
      out += block.type;
      for (const Label& label : block.labels) {
        out += ' ';
        quoted([&] { text(label.text); });
      }
      out += " {\n";
      this->body(block.body, indent + 1);
      line(indent);
      out += "}\n";
    }
  }

  void expression(const Expression& e) {
    switch (e.kind) {
      case ExpressionKind::bad:
      case ExpressionKind::null: out += "null"; return;
      case ExpressionKind::boolean:
      case ExpressionKind::number:
      case ExpressionKind::variable: out += e.text; return;
      case ExpressionKind::string: return quoted([&] { text(e.text); });
      case ExpressionKind::templated: return quoted([&] { pieces(e); });
      case ExpressionKind::tuple: return listed("[", e, 0, e.children.size(), "]");
      case ExpressionKind::object: return object(e);
      case ExpressionKind::call: return listed(e.text + "(", e, 0, e.children.size(), e.spreads ? "...)" : ")");
      case ExpressionKind::parentheses: return listed("(", e, 0, 1, ")");
      case ExpressionKind::unary: out += e.text; return expression(e.children[0]);
      case ExpressionKind::binary: return binary(e);
      case ExpressionKind::conditional: return conditional(e);
      case ExpressionKind::for_tuple:
      case ExpressionKind::for_object: return loop(e);
      default: return access(e);
    }
  }

 private:
  void line(int indent) { out.append(static_cast<std::size_t>(indent) * 2, ' '); }

  template <class Inside>
  void quoted(Inside inside) {
    out += '"';
    inside();
    out += '"';
  }

  void text(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const char c = value[i];
      switch (c) {
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '"':
        case '\\': out += '\\', out += c; break;
        case '$':
        case '%':
          out += c;
          if (i + 1 < value.size() && value[i + 1] == '{') out += c;
          break;
        default: out += c;
      }
    }
  }

  void pieces(const Expression& e) {
    for (const Expression& piece : e.children) {
      if (piece.kind == ExpressionKind::string && piece.text.empty()) {
        // What was trimmed away still makes the value a string: a blank that the next sequence trims.
        out += " ${~ ";
        expression(e.children.back().children[0]);
        out += '}';
        return;
      }
      if (piece.kind == ExpressionKind::string) {
        // A `$` in front of a sequence would read as its escape: as a code point it cannot.
        text(piece.text);
        const bool guarded = &piece != &e.children.back() && !piece.text.empty() && (out.back() == '$' || out.back() == '%');
        if (guarded) out.replace(out.size() - 1, 1, out.back() == '$' ? "\\u0024" : "\\u0025");
      } else if (piece.kind == ExpressionKind::interpolation) {
        sequence("${", piece.children[0]);
      } else {
        directive(piece);
      }
    }
  }

  void sequence(std::string_view opener, const Expression& inside) {
    out += opener;
    expression(inside);
    out += '}';
  }

  void directive(const Expression& e) {
    const bool is_if = e.kind == ExpressionKind::template_if;
    sequence(is_if ? "%{if " : "%{for " + (e.key.empty() ? e.text : e.key + ", " + e.text) + " in ", e.children[0]);
    pieces(e.children[1]);
    if (e.children.size() > 2) {
      out += "%{else}";
      pieces(e.children[2]);
    }
    out += is_if ? "%{endif}" : "%{endfor}";
  }

  void listed(std::string_view opener, const Expression& e, std::size_t begin, std::size_t end, std::string_view closer) {
    out += opener;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin) out += ", ";
      expression(e.children[i]);
    }
    out += closer;
  }

  void object(const Expression& e) {
    out += '{';
    for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
      out += i > 0 ? ", " : "";
      expression(e.children[i]);
      out += " = ";
      expression(e.children[i + 1]);
    }
    out += '}';
  }

  void binary(const Expression& e) {
    expression(e.children[0]);
    for (std::size_t i = 1; i < e.children.size(); ++i) {
      out += ' ' + e.operators[i - 1] + ' ';
      expression(e.children[i]);
    }
  }

  void conditional(const Expression& e) {
    expression(e.children[0]);
    out += " ? ";
    expression(e.children[1]);
    out += " : ";
    expression(e.children[2]);
  }

  void loop(const Expression& e) {
    const bool is_object = e.kind == ExpressionKind::for_object;
    out += (is_object ? "{for " : "[for ") + (e.key.empty() ? e.text : e.key + ", " + e.text) + " in ";
    expression(e.children[0]);
    out += " : ";
    std::size_t next = 1;
    expression(e.children[next++]);
    if (is_object) {
      out += " => ";
      expression(e.children[next++]);
    }
    if (e.spreads) out += "...";
    if (next < e.children.size()) {
      out += " if ";
      expression(e.children[next]);
    }
    out += is_object ? '}' : ']';
  }

  void access(const Expression& e) {
    if (e.children.empty()) return;
    expression(e.children[0]);
    for (std::size_t i = 1; i < e.children.size(); ++i) {
      const Expression& step = e.children[i];
      switch (step.kind) {
        case ExpressionKind::attribute_step:
        case ExpressionKind::legacy_index_step: out += '.' + step.text; break;
        case ExpressionKind::attribute_splat: out += ".*"; break;
        case ExpressionKind::full_splat: out += "[*]"; break;
        default: listed("[", step, 0, 1, "]");
      }
    }
  }
};

bool same_attribute(const Attribute& a, const Attribute& b) { return a.name == b.name && same(a.value, b.value); }

bool same_block(const Block& a, const Block& b) {
  const auto same_label = [](const Label& x, const Label& y) { return x.text == y.text; };
  return a.type == b.type && std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(), same_label) &&
         same(a.body, b.body);
}

}  // namespace

std::string print(const Body& body) {
  Printer printer;
  printer.body(body, 0);
  return std::move(printer.out);
}

std::string print(const Expression& expression) {
  Printer printer;
  printer.expression(expression);
  return std::move(printer.out);
}

bool same(const Body& a, const Body& b) {
  return std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(), b.attributes.end(), &same_attribute) &&
         std::equal(a.blocks.begin(), a.blocks.end(), b.blocks.begin(), b.blocks.end(), &same_block);
}

bool same(const Expression& a, const Expression& b) {
  const auto same_expression = [](const Expression& x, const Expression& y) { return same(x, y); };
  return a.kind == b.kind && a.spreads == b.spreads && a.text == b.text && a.key == b.key && a.operators == b.operators &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same_expression);
}

}  // namespace mainstay::hcl
