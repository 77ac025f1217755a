#include "ingest/logs/transaction_joiner.h"

#include <utility>

namespace mainstay {

TransactionJoiner::Question& TransactionJoiner::place_of(std::uint64_t transaction) {
  // Serial numbers that follow each other stand beside each other, whatever process they are of.
  const std::uint64_t mixed = transaction + (transaction >> 32) * 0x9e3779b1u;
  return open_[mixed & (open_.size() - 1)];
}

/// The place of a new question, in a table that grows rather than forget one.
TransactionJoiner::Question& TransactionJoiner::place_for(std::uint64_t transaction) {
  if (open_.empty()) open_.resize(kFewest);
  while (true) {
    Question& place = place_of(transaction);
    const bool is_free = place.transaction == 0 || place.transaction == transaction;
    if (is_free || open_.size() == kMost) return place;
    std::vector<Question> old(open_.size() * 2);
    old.swap(open_);
    for (Question& one : old) {
      // Two that had places of their own have them in the larger table too.
      if (one.transaction != 0) place_of(one.transaction) = std::move(one);
    }
  }
}

TransactionJoiner::Question* TransactionJoiner::find(std::uint64_t transaction) {
  if (open_.empty()) return nullptr;
  if ((transaction & kAny) != kAny) {
    Question& question = place_of(transaction);
    return question.transaction == transaction ? &question : nullptr;
  }
  Question* best = nullptr;
  for (std::uint64_t kind = 0; kind < kAny; ++kind) {
    const std::uint64_t one = (transaction & ~kAny) | kind;
    Question& question = place_of(one);
    if (question.transaction != one) continue;
    const bool is_better = best == nullptr || (best->is_answered && !question.is_answered) ||
                           (best->is_answered == question.is_answered && best->age < question.age);
    if (is_better) best = &question;
  }
  return best;
}

bool TransactionJoiner::complete(LogLine& line) {
  if (line.transaction == 0) return true;
  if (line.step == LineStep::asked) {
    Question& question = place_for(line.transaction);
    question.transaction = line.transaction;
    question.age = ++clock_;
    question.client.assign(line.client);
    question.name.assign(line.name);
    question.type.assign(line.type);
    question.server.assign(line.server);
    question.is_answered = false;
    return true;
  }
  Question* const question = find(line.transaction);
  if (question == nullptr) return !line.client.empty() && !line.name.empty() && !line.type.empty();
  line.client = question->client;
  line.name = question->name;
  line.type = question->type;
  if (line.server.empty()) line.server = question->server;
  if (line.step == LineStep::answered && question->is_answered) {
    line.step = LineStep::detail;  // one more record of the same answer
    line.rcode = {};
  }
  if (line.step == LineStep::answered) question->is_answered = true;
  return true;
}

}  // namespace mainstay
