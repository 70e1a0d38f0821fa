// SPDX-License-Identifier: Apache-2.0
#include "archive/blocklist/blocklist.h"

#include <algorithm>

#include "archive/blocklist/freshness.h"
#include "base/digest.h"
#include "base/md5.h"

namespace nightjar::blocklist {
namespace {

constexpr std::string_view kExampleHost = "abcdefghijklmnop.onion";
constexpr std::string_view kExampleMd5 = "c50b9578b6357a561909ff29331ad7ad";
constexpr std::string_view kExampleSha256 =
    "f5324ed4faa277133d5fc8363196a78a7b9e773aed1859d2693654ba41ac28d7";
constexpr std::size_t kMostLabels = 127;  // of a name of 255 bytes (RFC 1035)

std::size_t SizeOf(Form form) { return form == Form::kAhmiaMd5 ? kMd5Size : Digest::kSize; }

Result<Bytes> Hash(Form form, std::string_view name) {
  if (form == Form::kAhmiaMd5) return Md5(name);
  return Bytes(Sha256(name).View());
}

std::string Normal(std::string_view host) {
  std::string name(host.substr(0, host.find(':')));
  while (name.ends_with('.')) name.pop_back();
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

Result<Listed> Describe(const Source& source, const DigestList& list) {
  if (list.size() == 0)
    return Fail(Code::kInvalidInput, "the list holds no digest at all; a failed download?", source.path);
  ASSIGN_OR_RETURN(const UtcTime made, MadeWhen(source.path, list));
  return Listed{source.path, list.size(), made};
}

Error Explained(Error error) {
  error.text += "; nothing is crawled until the blocklist is in order";
  return error;
}

Status CheckChoice(const Options& options) {
  if (!options.sources.empty() || !options.waiver.empty()) return {};
  return Fail(
      Code::kInvalidInput,
      "no blocklist is set; set blocklist.md5 or blocklist.sha256, or say in blocklist.waiver why none is "
      "needed");
}

void AddSource(Options& options, const std::string& path, Form form) {
  if (path != config::kNone) options.sources.push_back({path, form});
}

}  // namespace

Options OptionsOf(const config::Settings& settings) {
  Options options;
  AddSource(options, settings.blocklist.md5, Form::kAhmiaMd5);
  AddSource(options, settings.blocklist.sha256, Form::kSha256);
  if (settings.blocklist.waiver != config::kNone) options.waiver = settings.blocklist.waiver;
  options.max_age = settings.blocklist.max_age;
  options.state_file = settings.ControlFolder() + "/blocklist.accepted";
  return options;
}

Options ReadingOptionsOf(const config::Settings& settings) {
  constexpr std::chrono::hours kAnyAge(24 * 365 * 100);
  Options options = OptionsOf(settings);
  options.max_age = kAnyAge;
  options.state_file.clear();
  return options;
}

Status SelfTest() {
  ASSIGN_OR_RETURN(const Bytes md5, Md5(kExampleHost));
  const auto md5_list = DigestList::Parse(kExampleMd5, kMd5Size);
  const auto sha256_list = DigestList::Parse(kExampleSha256, Digest::kSize);
  if (md5_list && md5_list->Contains(md5) && !md5_list->Contains(Bytes(kMd5Size, '\0')) && sha256_list &&
      sha256_list->Contains(Sha256(kExampleHost).View()))
    return {};
  return Fail(Code::kInternal, "the blocklist does not find its own example; nothing may be crawled");
}

Result<Blocklist> Blocklist::Load(const Options& options, UtcTime now, bool remember) {
  const auto load = [&]() -> Result<Blocklist> {
    RETURN_IF_ERROR(SelfTest());
    RETURN_IF_ERROR(CheckChoice(options));
    Accepted accepted;
    if (!options.state_file.empty()) {
      ASSIGN_OR_RETURN(accepted, ReadAccepted(options.state_file));
    }
    const Accepted before = accepted;
    Blocklist blocklist;
    for (const Source& source : options.sources) {
      ASSIGN_OR_RETURN(DigestList digests, DigestList::Load(source.path, SizeOf(source.form)));
      ASSIGN_OR_RETURN(const Listed listed, Describe(source, digests));
      RETURN_IF_ERROR(CheckAge(listed, now, options.max_age));
      RETURN_IF_ERROR(CheckLength(listed, accepted));
      accepted[source.path] = listed.entries;
      blocklist.listed_.push_back(listed);
      blocklist.parts_.push_back({source.form, std::move(digests)});
    }
    if (remember && !options.state_file.empty() && accepted != before)
      RETURN_IF_ERROR(WriteAccepted(options.state_file, accepted));
    return blocklist;
  };
  auto blocklist = load();
  if (!blocklist) return tl::unexpected<Error>(Explained(std::move(blocklist).error()));
  return blocklist;
}

Result<Blocklist> Blocklist::Accept(const Options& options, UtcTime now) {
  Options afresh = options;
  afresh.state_file.clear();  // nothing to measure by
  ASSIGN_OR_RETURN(Blocklist blocklist, Load(afresh, now, false));
  Accepted accepted;
  for (const Listed& list : blocklist.lists()) accepted[list.path] = list.entries;
  RETURN_IF_ERROR(WriteAccepted(options.state_file, accepted));
  return blocklist;
}

bool Blocklist::Blocks(std::string_view host) const {
  if (parts_.empty()) return false;
  const std::string name = Normal(host);
  std::string_view rest = name;
  // The last two labels are the service; nothing above them is anybody's host.
  for (std::size_t labels = 0; rest.find('.') != std::string_view::npos && labels < kMostLabels; ++labels) {
    for (const Part& part : parts_) {
      const auto digest = Hash(part.form, rest);
      if (!digest || part.digests.Contains(*digest)) return true;
    }
    rest.remove_prefix(rest.find('.') + 1);
  }
  return false;
}

std::size_t Blocklist::entries() const {
  std::size_t sum = 0;
  for (const Listed& list : listed_) sum += list.entries;
  return sum;
}

Status LiveBlocklist::Refresh() {
  const std::scoped_lock lock(mutex_);
  const std::string stamp = StampOf(options_.sources);
  const UtcTime now = clock_.Utc();
  if (current_ && stamp == stamp_) {
    for (const Listed& list : current_->lists()) {
      const Status fresh = CheckAge(list, now, options_.max_age);
      if (fresh) continue;
      current_.reset();
      return tl::unexpected<Error>(Explained(fresh.error()));
    }
    return {};
  }
  current_.reset();
  ASSIGN_OR_RETURN(Blocklist read, Blocklist::Load(options_, now, true));
  current_ = std::make_shared<const Blocklist>(std::move(read));
  stamp_ = stamp;
  return {};
}

Result<bool> LiveBlocklist::Ask(const std::string& host) {
  if (const Status fresh = Refresh(); !fresh)
    return Fail(Code::kUnavailable, fresh.error().text, fresh.error().where);
  return Blocks(host);
}

bool LiveBlocklist::Blocks(std::string_view host) const {
  const auto list = current();
  return !list || list->Blocks(host);
}

std::shared_ptr<const Blocklist> LiveBlocklist::current() const {
  const std::scoped_lock lock(mutex_);
  return current_;
}

}  // namespace nightjar::blocklist
