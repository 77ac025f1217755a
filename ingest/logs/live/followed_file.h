// FollowedFile: what is written to a log, also when the log is renamed, cut off, or away for a while.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>

namespace mainstay {

/// How octets go on with those that were read before.
enum class Joint : std::uint8_t {
  none,       // they do
  next_file,  // they are the beginning of another file; the one before was read to its end
  cut,        // the file was cut off, and what was written to it in between is lost
};

/// A file that grows. Shape: it is followed by its name. One that was renamed is read on until its successor has something in it, because
/// its writer goes on with it until then; one that was cut off is read from its beginning.
class FollowedFile {
 public:
  /// "-" is standard input, which is read as it comes and has an end.
  explicit FollowedFile(std::string path) : path_(std::move(path)) {}
  ~FollowedFile();
  FollowedFile(const FollowedFile&) = delete;
  FollowedFile& operator=(const FollowedFile&) = delete;

  /// Fills the front of `room` with what was written since; 0 when there is nothing by now. Waits for nothing.
  std::size_t read(std::span<char> room);
  /// How the octets of the last read() go on.
  Joint joint() const { return joint_; }
  bool has_ended() const { return has_ended_; }
  /// Why nothing more will come; empty while something may.
  const std::string& error() const { return error_; }

 private:
  static constexpr std::size_t kMark = 64;

  std::size_t read_input(std::span<char> room);
  bool open_next();
  bool has_successor() const;
  bool was_cut() const;
  void remember(std::span<const char> octets);

  std::string path_;
  int descriptor_ = -1;
  dev_t device_ = 0;
  ino_t number_ = 0;
  std::uint64_t position_ = 0;
  std::string mark_;  // the last octets before position_
  Joint joint_ = Joint::none;
  Joint next_joint_ = Joint::none;  // of octets that are still to come
  bool was_open_ = false;
  bool has_ended_ = false;
  std::string error_;
};

}  // namespace mainstay
