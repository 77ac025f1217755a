// Which host of Amazon's token service a client asks that is only told its region.
#pragma once

#include "graph/values/text.h"

namespace mainstay {

/// Shape:  `region` may be partly or wholly unknown; `legacy` is the setting of that name (AWS_STS_REGIONAL_ENDPOINTS), with which clients
/// in
///         the older regions ask the global endpoint, and those in the others their own region all the same.
/// Source: AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints".
Text amazon_token_service(const Text& region, bool legacy);

}  // namespace mainstay
