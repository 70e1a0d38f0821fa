// SPDX-License-Identifier: Apache-2.0
#include "sandbox/warc/warc_file.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/digest.h"
#include "sandbox/parse/gzip_member.h"

namespace nightjar::warc {
namespace {

constexpr std::string_view kVersion = "WARC/";
constexpr std::string_view kGzipMark = "\x1F\x8B\x08";  // RFC 1952, 2.3.1: magic and the only method

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Cuts a line off `text`, which may end in CRLF or LF alone; nothing when there is no whole line.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// One record at the start of some bytes.
struct Taken {
  Record record;
  std::size_t consumed = 0;
  std::string fault;  // empty for a good one
};

// The fields up to the empty line; false if it does not come.
bool TakeFields(std::string_view& rest, Record& record) {
  for (;;) {
    const auto line = TakeLine(rest);
    if (!line) return false;
    if (line->empty()) return true;
    const std::size_t colon = line->find(':');
    if ((line->front() == ' ' || line->front() == '\t') && !record.fields.empty()) {
      record.fields.back().second += ' ' + std::string(Trimmed(*line));  // a folded value (RFC 2616)
    } else if (colon != std::string_view::npos) {
      record.fields.emplace_back(Lower(Trimmed(line->substr(0, colon))), Trimmed(line->substr(colon + 1)));
    }
  }
}

std::string DigestFault(const Record& record) {
  const std::string claimed = Lower(record.Field("warc-block-digest"));
  constexpr std::string_view kHex = "sha256:";
  if (!claimed.starts_with(kHex)) return {};
  const Digest found = Sha256(record.block);
  const std::string_view value = std::string_view(claimed).substr(kHex.size());
  std::string base32 = Base32Encode(found.View());
  const std::string_view bare = value.substr(0, value.find('='));
  if (value == found.Hex() || bare == base32) return {};
  return "its block does not have the SHA-256 it claims";
}

Taken Take(std::string_view bytes) {
  Taken taken;
  if (!bytes.starts_with(kVersion)) {
    taken.fault = "no record begins here";
    return taken;
  }
  std::string_view rest = bytes.substr(0, kMaxHeader);
  const std::size_t seen = rest.size();
  static_cast<void>(TakeLine(rest));
  if (!TakeFields(rest, taken.record)) {
    taken.fault = seen < kMaxHeader ? "its header is cut short" : "its header is longer than 64 KiB";
    return taken;
  }
  const std::size_t header = seen - rest.size();
  const auto size = ParseDecimal(taken.record.Field("content-length"));
  if (!size) {
    taken.fault = "it has no proper Content-Length";
    return taken;
  }
  if (*size > bytes.size() - header) {
    taken.fault = "its block is cut short";
    return taken;
  }
  taken.consumed = header + *size;
  for (const std::string_view end : {"\r\n\r\n", "\n\n", "\r\n", "\n"}) {
    if (!bytes.substr(taken.consumed).starts_with(end)) continue;
    taken.consumed += end.size();
    break;
  }
  if (*size > kMaxBlock) {
    taken.fault = "its block is larger than 64 MiB";
    return taken;
  }
  taken.record.block = Bytes(bytes.substr(header, *size));
  taken.fault = DigestFault(taken.record);
  return taken;
}

}  // namespace

std::string_view Record::Field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<WarcFile::Item> WarcFile::Next() {
  if (InMember()) return TakeGzip();
  if (lost_) SkipToNextRecord(at_);
  lost_ = false;
  at_ = std::min(file_.find_first_not_of("\r\n", at_), file_.size());
  if (at_ == file_.size()) return std::nullopt;
  return file_.substr(at_).starts_with(kGzipMark) ? TakeGzip() : TakePlain();
}

std::optional<Fault> WarcFile::OpenMember() {
  using End = parse::GzipMember::End;
  member_offset_ = at_;
  parse::GzipMember member = parse::ReadGzipMember(file_.substr(at_), kMaxHeader + kMaxBlock);
  if (member.end == End::kWhole && !member.plain.empty()) {
    at_ += member.consumed;
    member_ = std::move(member.plain);
    member_at_ = 0;
    return std::nullopt;
  }
  lost_ = true;
  ++at_;
  switch (member.end) {
    case End::kTooLarge:
      return Fault{member_offset_,
                   "its gzip member holds more than 64 MiB: a file packed as a whole must be unpacked first"};
    case End::kCutShort:
      return Fault{member_offset_, "its gzip member is cut short"};
    default:
      return Fault{member_offset_, "its gzip member is damaged or empty"};
  }
}

WarcFile::Item WarcFile::TakeGzip() {
  if (!InMember()) {
    if (auto fault = OpenMember()) return std::move(*fault);
  }
  Taken taken = Take(ByteView(member_).substr(member_at_));
  taken.record.offset = member_offset_;
  // Behind a fault of unknown length nothing in the rest of the member can be trusted.
  member_at_ = taken.consumed == 0 ? member_.size() : member_at_ + taken.consumed;
  if (!taken.fault.empty()) return Fault{member_offset_, std::move(taken.fault)};
  return std::move(taken.record);
}

WarcFile::Item WarcFile::TakePlain() {
  const std::size_t offset = at_;
  Taken taken = Take(file_.substr(at_));
  taken.record.offset = offset;
  if (taken.consumed == 0) {
    lost_ = true;
    ++at_;
  } else {
    at_ += taken.consumed;
  }
  if (!taken.fault.empty()) return Fault{offset, std::move(taken.fault)};
  return std::move(taken.record);
}

// The next place at or after `from` that looks like a start: a version at the start of a line, or a gzip
// member that begins with one.
void WarcFile::SkipToNextRecord(std::size_t from) {
  for (at_ = from; at_ < file_.size(); ++at_) {
    at_ = std::min(file_.find_first_of("W\x1F", at_), file_.size());
    const ByteView here = file_.substr(at_);
    if (here.starts_with(kVersion) && (at_ == 0 || file_[at_ - 1] == '\n')) return;
    if (here.starts_with(kGzipMark) &&
        parse::ReadGzipMember(here.substr(0, kMaxHeader), kVersion.size()).plain == kVersion)
      return;
  }
}

}  // namespace nightjar::warc
