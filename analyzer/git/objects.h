// Objects: the contents that a repository holds, by their ids, brought by one git that stays.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "analyzer/git/git.h"
#include "analyzer/git/git_process.h"
#include "graph/values/result.h"

namespace mainstay {

class Objects {
 public:
  using Content = std::shared_ptr<const std::string>;

  /// Errors: git cannot be started.
  static Result<std::shared_ptr<Objects>> of(const Git& git);
  /// The octets of a blob. What was brought is kept while there is room for it (256 MiB). Safe to call from several threads.
  /// Errors: the repository does not hold it, or git ended.
  Result<Content> read(const std::string& id);

 private:
  Objects() = default;
  Result<std::string> bring(const std::string& id);
  bool ask(std::string line);
  bool take_line(std::string& line);
  bool take(std::string& bytes, std::size_t count);
  bool more();

  std::mutex mutex_;
  GitProcess process_;
  Descriptor talk_;  // closed before the process is waited for: it then reads the end of its input
  std::string ahead_;
  std::size_t used_ = 0;  // of `ahead_`
  std::size_t room_ = std::size_t{256} << 20;
  std::map<std::string, Content, std::less<>> kept_;
};

}  // namespace mainstay
