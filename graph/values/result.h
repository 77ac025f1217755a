// Result: a value, or one sentence that says why there is none.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "graph/values/assert.h"

namespace mainstay {

/// Why something could not be had, as one sentence for the user, without a final full stop.
struct Error {
  std::string message;
};

/// Either a `T` or an `Error`; asking for the one that is not there is a bug.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  T& operator*() & {
    MAINSTAY_ASSERT(state_.index() == 0, "a Result is asked for its value only after it was tested");
    return std::get<0>(state_);
  }
  const T& operator*() const& {
    MAINSTAY_ASSERT(state_.index() == 0, "a Result is asked for its value only after it was tested");
    return std::get<0>(state_);
  }
  T&& operator*() && { return std::move(**this); }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }

  const std::string& error() const {
    MAINSTAY_ASSERT(state_.index() == 1, "only a failed Result has an error");
    return std::get<1>(state_).message;
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace mainstay
