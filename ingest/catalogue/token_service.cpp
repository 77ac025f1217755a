#include "ingest/catalogue/token_service.h"

#include <algorithm>

namespace mainstay {

Text amazon_token_service(const Text& region, bool legacy) {
  constexpr std::string_view kGlobalIn[] = {
      "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1", "eu-central-1", "eu-north-1",
      "eu-west-1",      "eu-west-2",  "eu-west-3",      "sa-east-1",      "us-east-1",  "us-east-2",    "us-west-1",    "us-west-2"};
  const std::optional<std::string> known = region.known();
  const bool is_global = !known || std::find(std::begin(kGlobalIn), std::end(kGlobalIn), *known) != std::end(kGlobalIn);
  if (legacy && is_global) return Text("sts.amazonaws.com");
  Text host("sts.");
  host.append(region);
  host.append(region.known_prefix().starts_with("cn-") ? std::string_view(".amazonaws.com.cn") : std::string_view(".amazonaws.com"));
  return host;
}

void add_session_life(Use& use) {
  constexpr std::uint32_t kHour = 3600;
  const std::string_view end = use.host.known_suffix();
  const char* note = nullptr;
  if (end.ends_with(".amazonaws.com") || end.ends_with(".amazonaws.com.cn") || use.host == Text("sts.amazonaws.com"))
    note = "AWS STS, AssumeRoleWithWebIdentity: a session lasts 3,600 s where the caller asks for nothing else";
  if (end.ends_with("sts.googleapis.com") || end.ends_with("iamcredentials.googleapis.com"))
    note = "Google IAM, generateAccessToken: a token lasts an hour where the caller asks for nothing else";
  if (note == nullptr) return;
  use.hold = kHour;
  use.hold_reasons = {Evidence::by_default(note)};
}

}  // namespace mainstay
