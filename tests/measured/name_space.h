// NameSpace: a process gets a network, a host name and a resolver configuration of its own.
#pragma once

#include <string>

namespace mainstay {

/// The files of /etc that decide how a name is looked up.
struct ResolverFiles {
  std::string host_name;
  std::string resolv_conf;
};

/// Moves this process into user, network, mount and UTS namespaces of its own, with nothing but a loopback interface, and puts the files in
/// place there; names are looked up in the DNS only. `folder` is an empty one that the files may stand in.
/// Errors: what failed and why; empty when all went well.
std::string enter_name_space(const std::string& folder, const ResolverFiles& files);

}  // namespace mainstay
