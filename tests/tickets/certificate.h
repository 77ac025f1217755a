// Certificates of a test, for a server on this machine.
#pragma once

#include <string>

namespace mainstay {

/// A certificate that nobody but itself vouches for, with a key of its own.
struct CertificateText {
  std::string certificate;  // PEM
  std::string key;          // PEM
};

/// `name` is a subject alternative name as OpenSSL writes it: "IP:127.0.0.1". Days count from now; a certificate that has ended has a
/// negative `last_day`.
CertificateText make_certificate(const std::string& name, int first_day, int last_day);

}  // namespace mainstay
