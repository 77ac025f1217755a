// What the query logs of products that are made of BIND begin with.
#pragma once

#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// Reads a time, when there is one, and "client @0x7f 192.0.2.1#4711", from the front of `text`, and moves behind it. False when there is
/// no client.
bool take_bind_client(std::string_view& text, LogLine& out);

}  // namespace mainstay
