#include "ingest/memo.h"

#include <algorithm>

namespace mainstay {
namespace {

bool is_same(const HomeScope& one, const HomeScope& other) {
  return one.id == other.id && one.kind == other.kind && one.name == other.name && one.folder == other.folder && one.parent == other.parent;
}

}  // namespace

std::vector<std::string> AskedTree::names_below(std::string_view folder) const {
  questions_.emplace(TreeQuestion::names_below, folder);
  return tree_.names_below(folder);
}

Result<std::string> AskedTree::read(std::string_view name) const {
  questions_.emplace(TreeQuestion::content, name);
  Result<std::string> bytes = tree_.read(name);
  has_failed_ = has_failed_ || !bytes;
  return bytes;
}

HomeScope AskedTree::home(std::string_view name) const {
  questions_.emplace(TreeQuestion::home, name);
  return tree_.home(name);
}

HomeScope AskedTree::cluster(std::string_view name) const {
  questions_.emplace(TreeQuestion::cluster, name);
  return tree_.cluster(name);
}

void IngestMemo::begin(const FileTree& tree) {
  tree_ = &tree;
  classified_.assign(tree.files().size(), std::nullopt);
  units_.clear();
}

void IngestMemo::remember(std::size_t position, const Classified& found) {
  // A failure may be over by the next time.
  if (found.state != SourceState::failed) classified_[position] = found;
}

void IngestMemo::remember(const Ingester& format, const std::vector<std::string>& names, TreeQuestions questions,
                          const UnitResult& result) {
  units_.insert_or_assign({&format, names}, Unit{std::move(questions), result});
}

const Classified* IngestMemo::classified(std::size_t position) const { return classified_[position] ? &*classified_[position] : nullptr; }

const IngestMemo::Unit* IngestMemo::unit(const Ingester& format, const std::vector<std::string>& names) const {
  const auto at = units_.find({&format, names});
  return at == units_.end() ? nullptr : &at->second;
}

const Classified* Unchanged::classified(const TreeFile& file) const {
  if (memo_ == nullptr) return nullptr;
  const FileTree& tree = memo_->tree();
  const TreeFile* before = tree.find(file.name);
  if (before == nullptr || !before->target.empty() || !file.target.empty()) return nullptr;
  const std::string_view content = now_.content_of(file);
  if (content.empty() || content != tree.content_of(*before)) return nullptr;
  return memo_->classified(static_cast<std::size_t>(before - tree.files().data()));
}

const UnitResult* Unchanged::unit(const Ingester& format, const std::vector<std::string>& names) const {
  const IngestMemo::Unit* unit = memo_ == nullptr ? nullptr : memo_->unit(format, names);
  if (unit == nullptr) return nullptr;
  const TreeQuestions& all = unit->questions;
  const bool is_same = std::all_of(all.begin(), all.end(), [&](const auto& one) { return has_same_answer(one.first, one.second); });
  return is_same ? &unit->result : nullptr;
}

bool Unchanged::has_same_answer(TreeQuestion question, const std::string& about) const {
  switch (question) {
    case TreeQuestion::content: return has_same_content(about);
    case TreeQuestion::names_below: return has_same_names(about);
    case TreeQuestion::home: return is_same(kept_.home(about), memo_->tree().home(about));
    case TreeQuestion::cluster: break;
  }
  return is_same(kept_.cluster(about), memo_->tree().cluster(about));
}

bool Unchanged::has_same_content(const std::string& name) const {
  const TreeFile* before = memo_->tree().resolve(name);
  const TreeFile* file = now_.resolve(name);
  if (before == nullptr || file == nullptr) return false;
  const std::string_view content = now_.content_of(*file);
  return !content.empty() && content == memo_->tree().content_of(*before);
}

bool Unchanged::has_same_names(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = same_names_.try_emplace(folder, false);
  if (is_new) at->second = now_.names_below(folder) == memo_->tree().names_below(folder);
  return at->second;
}

}  // namespace mainstay
