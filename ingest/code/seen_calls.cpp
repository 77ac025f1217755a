#include "ingest/code/seen_calls.h"

#include <algorithm>

#include "ingest/code/known_calls.h"

namespace mainstay::code {
namespace {

bool says_something(const Value& value) { return value.has_literal || value.is_environment || !value.variable.empty(); }

bool is_inside(const Location& part, const Location& whole) {
  return part.source == whole.source && whole.begin <= part.begin && part.begin < whole.end;
}

}  // namespace

std::vector<const ast::SeenCall*> SeenCalls::take(const KnownCall& row, std::uint32_t offset) {
  std::vector<const ast::SeenCall*> found;
  for (std::size_t at = 0; at < calls_.size(); ++at) {
    const ast::SeenCall& call = calls_[at];
    if (known_calls()[call.row].name != row.name || offset < call.where.begin || offset >= call.where.end) continue;
    is_taken_[at] = true;
    found.push_back(&call);
  }
  return found;
}

std::vector<const ast::SeenCall*> SeenCalls::rest() const {
  std::vector<const ast::SeenCall*> found;
  for (std::size_t at = 0; at < calls_.size(); ++at) {
    if (!is_taken_[at]) found.push_back(&calls_[at]);
  }
  return found;
}

std::string_view seen_by(const SeenText& text) {
  if (text.by_tree == nullptr) return "tokens";
  return text.by_tokens ? "tokens and syntax tree" : "syntax tree";
}

std::vector<SeenText> merged_texts(const std::vector<Value>& by_tokens, const std::vector<const ast::SeenCall*>& by_tree) {
  std::vector<SeenText> texts;
  for (const Value& value : by_tokens) texts.push_back({.value = value, .by_tokens = true});
  const std::size_t count = texts.size();
  std::vector<SeenText> more;
  std::vector<const ast::SeenValue*> unknown;
  for (const ast::SeenCall* call : by_tree) {
    for (const ast::SeenValue& seen : call->values) {
      const auto same = std::find_if(texts.begin(), texts.end(),
                                     [&](const SeenText& one) { return one.value.text.skeleton() == seen.value.text.skeleton(); });
      if (same != texts.end() && says_something(seen.value)) {
        same->by_tree = call;
      } else if (says_something(seen.value)) {
        more.push_back({.value = seen.value, .by_tree = call});
      } else {
        unknown.push_back(&seen);
      }
    }
  }
  const auto is_refuted = [&](const SeenText& text) {
    if (text.by_tree != nullptr) return false;
    if (!says_something(text.value)) return !more.empty();
    if (!more.empty()) return count == 1;
    // Every name was followed, and none of them led to this literal.
    return !unknown.empty() && std::all_of(unknown.begin(), unknown.end(), [&](const ast::SeenValue* seen) {
      return seen->is_settled && std::none_of(seen->considered.begin(), seen->considered.end(),
                                              [&](const Location& one) { return is_inside(text.value.where, one); });
    });
  };
  for (SeenText& text : texts) {
    if (is_refuted(text)) text.value = {.text = Text(Hole{.name = "?"}), .where = text.value.where};
  }
  if (!more.empty()) std::erase_if(texts, [](const SeenText& one) { return !says_something(one.value); });
  texts.insert(texts.end(), more.begin(), more.end());
  return texts;
}

}  // namespace mainstay::code
