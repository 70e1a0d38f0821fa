// SPDX-License-Identifier: Apache-2.0
#include "crawler/trouble_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/file.h"
#include "base/log.h"
#include "base/unique_fd.h"

namespace nightjar::crawler {
namespace {

constexpr std::string_view kFirstLine = "nightjar-trouble/1\n";
constexpr std::size_t kFileSize = 4096;
constexpr std::size_t kSector = 512;
constexpr mode_t kMode = 0640;

}  // namespace

Status TroubleFile::Reserve() {
  const std::scoped_lock lock(mutex_);
  if (::access(path_.c_str(), F_OK) == 0) return {};
  return WriteFileDurably(path_, Bytes(kFileSize, '\0'), kMode);
}

Status TroubleFile::Write(const std::string& text) const {
  const UniqueFd fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kMode));
  if (!fd) return FailErrno("cannot write", path_);
  Bytes sector = text;
  sector.resize(kSector, '\0');
  RETURN_IF_ERROR(WriteAll(fd.get(), sector, path_));
  if (::fdatasync(fd.get()) != 0) return FailErrno("cannot write", path_);
  return {};
}

Status TroubleFile::Set(const Error& error, UtcTime now) {
  const std::scoped_lock lock(mutex_);
  const auto before = Read(path_);
  const UtcTime since = before && *before ? (*before)->since : now;
  std::string text = fmt::format("{}{}\n{}", kFirstLine, UnixMicros(since), log::Safe(error.Format()));
  text.resize(std::min(text.size(), kSector - 2));
  is_clear_ = false;
  return Write(text + "\n");
}

Status TroubleFile::Clear() {
  const std::scoped_lock lock(mutex_);
  if (!is_clear_) {
    const auto before = Read(path_);
    is_clear_ = before && !*before;
  }
  if (*is_clear_) return {};
  RETURN_IF_ERROR(Write({}));
  is_clear_ = true;
  return {};
}

Result<std::optional<Trouble>> TroubleFile::Read(const std::string& path) {
  const auto content = ReadFile(path, kFileSize);
  if (!content && content.error().code == Code::kNotFound) return std::nullopt;
  if (!content) return tl::unexpected(content.error());
  const std::string text = content->substr(0, content->find('\0'));
  if (text.empty()) return std::nullopt;
  const std::size_t line = kFirstLine.size();
  const std::size_t end = text.find('\n', line);
  const auto micros = text.starts_with(kFirstLine) && end != std::string::npos
                          ? ParseDecimal(std::string_view(text).substr(line, end - line), INT64_MAX)
                          : std::nullopt;
  if (!micros || !text.ends_with('\n')) return Fail(Code::kCorrupt, "is no note of trouble", path);
  return Trouble{FromUnixMicros(static_cast<std::int64_t>(*micros)),
                 text.substr(end + 1, text.size() - end - 2)};
}

}  // namespace nightjar::crawler
