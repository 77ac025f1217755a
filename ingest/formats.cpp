#include "ingest/ingester.h"

namespace mainstay {

#define MAINSTAY_FORMAT(symbol) extern const Ingester symbol;
#include "ingest/formats.inc"
#undef MAINSTAY_FORMAT

namespace {

constexpr const Ingester* kIngesters[] = {
#define MAINSTAY_FORMAT(symbol) &symbol,
#include "ingest/formats.inc"
#undef MAINSTAY_FORMAT
    nullptr};

}  // namespace

std::span<const Ingester* const> all_ingesters() { return std::span(kIngesters).first(std::size(kIngesters) - 1); }

}  // namespace mainstay
