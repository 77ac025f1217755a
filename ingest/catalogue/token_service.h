// Token services of the clouds: which host a client asks that is only told its region, and how long what it gets lasts.
#pragma once

#include "graph/facts/facts.h"
#include "graph/values/text.h"

namespace mainstay {

/// Shape:  `region` may be partly or wholly unknown; `legacy` is the setting of that name (AWS_STS_REGIONAL_ENDPOINTS), with which clients
///         in the older regions ask the global endpoint, and those in the others their own region all the same.
/// Source: AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints".
Text amazon_token_service(const Text& region, bool legacy);

/// Says of a use of a token service how long a session lasts where the caller asks for nothing else; of other hosts nothing.
/// Source: AWS STS API Reference, AssumeRoleWithWebIdentity; Google IAM Service Account Credentials API, generateAccessToken.
void add_session_life(Use& use);

}  // namespace mainstay
