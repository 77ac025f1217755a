#include "render/json_parts.h"

namespace mainstay {

const JsonObject<HoldRow>& hold_object() {
  using T = HoldRow;
  static const JsonObject<T> object{
      "hold",
      "Something that is held and outlives a fault for a while.",
      {{"what", text_schema(), "A cached answer, a token, a key set.", [](const T& row) { return Json(row.what); }},
       {"seconds", nullable_schema(count_schema()), "How long it lasts at most; null when that is not known.",
        [](const T& row) { return row.seconds ? Json(*row.seconds) : Json(nullptr); }},
       {"evidence", list_schema(ref_schema("evidence")), "Why that is believed.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<LockoutRow>& lockout_object() {
  using T = LockoutRow;
  static const JsonObject<T> object{
      "lockout",
      "When workloads are locked out after the single fault that is worst for them.",
      {{"lo", count_schema(), "Seconds; always 0, since whatever is held may be about to expire.", [](const T&) { return Json(0); }},
       {"hi", count_schema(), "Seconds, as far as the length of what is held is known.", [](const T& row) { return Json(row.most); }},
       {"complete", flag_schema(), "False: something that is held has no known length, so it may last longer than hi.",
        [](const T& row) { return Json(row.complete); }},
       {"fault", text_schema(), "That fault.", [](const T& row) { return Json(row.fault); }},
       {"holds", list_schema(ref_schema("hold")), "What is held, in the order in which it runs out.",
        [](const T& row) { return written(hold_object(), row.holds); }}}};
  return object;
}

}  // namespace mainstay
