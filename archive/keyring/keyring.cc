// SPDX-License-Identifier: Apache-2.0
#include "archive/keyring/keyring.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>

#include "archive/keyring/key_file.h"
#include "base/clock.h"
#include "base/file.h"

namespace nightjar::keyring {
namespace {

constexpr std::chrono::seconds kLookAgain{1};

struct CaseFile {
  SealingKey key;
  std::string stamp;  // of the data keys as last read
};

std::vector<std::string> FilesEndingIn(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    std::string name = entry.path().filename().string();
    if (name.ends_with(suffix)) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

struct KeyRing::State {
  std::string folder;
  Mode mode;
  Random* random;

  mutable std::mutex mutex;  // guards everything below
  mutable std::map<CaseId, CaseFile> cases;
  mutable std::map<ScopeNumber, Scope> scopes;
  mutable std::map<ScopeName, ScopeNumber> numbers;  // the newest of each name
  mutable MonoTime looked;
  mutable ScopeNumber next{};  // above every number that was seen
  bool unsynced = false;       // names of files made since Sync()

  [[nodiscard]] std::string PathOf(const CaseId& case_id, std::string_view suffix) const {
    return folder + "/" + case_id.value + std::string(suffix);
  }
  [[nodiscard]] Result<CaseFile*> CaseOf(const CaseId& case_id) const;
  [[nodiscard]] Status ReadCase(const CaseId& case_id) const;
  [[nodiscard]] Status ReadAll() const;
  void Forget(const CaseId& case_id) const;
  [[nodiscard]] Status Append(const Scope& scope, const SealingKey& case_key) const;
  [[nodiscard]] Result<Scope> Make(const ScopeName& name, ScopeNumber least);
  [[nodiscard]] std::vector<ScopeNumber> NumbersOf(const ScopeName& name) const;
};

Result<CaseFile*> KeyRing::State::CaseOf(const CaseId& case_id) const {
  const auto known = cases.find(case_id);
  if (known != cases.end()) return &known->second;
  // A case key is made with the first data key, and never instead of one that was lost.
  const std::string path = PathOf(case_id, kCaseKeySuffix);
  const bool begins = mode == Mode::kWrite && !std::filesystem::exists(PathOf(case_id, kDataKeysSuffix));
  ASSIGN_OR_RETURN(const SealingKey key,
                   begins ? SealingKey::LoadOrCreate(path, *random) : SealingKey::Load(path));
  return &cases.emplace(case_id, CaseFile{key, ""}).first->second;
}

void KeyRing::State::Forget(const CaseId& case_id) const {
  std::erase_if(scopes, [&](const auto& entry) { return entry.second.name.case_id == case_id; });
  std::erase_if(numbers, [&](const auto& entry) { return entry.first.case_id == case_id; });
}

Status KeyRing::State::ReadCase(const CaseId& case_id) const {
  const std::string path = PathOf(case_id, kDataKeysSuffix);
  ASSIGN_OR_RETURN(CaseFile * file, CaseOf(case_id));
  // Taken before the file is read: a line that a writer adds meanwhile must make it look changed again.
  std::string stamp = FileStamp(path);
  if (stamp == file->stamp) return {};
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(path));
  auto parsed = ParseKeys(text, case_id, file->key);
  if (!parsed) {
    const Error& error = parsed.error();
    return Fail(error.code, error.where + " " + error.text, path);
  }
  // A writer cuts what a crash left; to a reader it may be a line that is just being written.
  if (parsed->torn && mode == Mode::kWrite) RETURN_IF_ERROR(CutTo(path, parsed->whole));
  Forget(case_id);
  for (auto& [scope, line] : parsed->scopes) {
    const auto [known, is_new] = numbers.emplace(scope.name, scope.number);
    known->second = std::max(known->second, scope.number);
    next = std::max(next, ScopeNumber{scope.number.value + 1});
    scopes.emplace(scope.number, std::move(scope));
  }
  file->stamp = std::move(stamp);
  return {};
}

Status KeyRing::State::ReadAll() const {
  looked = SystemClock().Mono();
  for (const std::string& name : FilesEndingIn(folder, kDataKeysSuffix))
    RETURN_IF_ERROR(ReadCase(CaseId{name.substr(0, name.size() - kDataKeysSuffix.size())}));
  return {};
}

// The file's name is not yet durable: Sync() is.
Status KeyRing::State::Append(const Scope& scope, const SealingKey& case_key) const {
  return AppendLine(PathOf(scope.name.case_id, kDataKeysSuffix), FormatScope(scope, case_key, *random));
}

KeyRing::KeyRing(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyRing::~KeyRing() = default;

Result<std::unique_ptr<KeyRing>> KeyRing::Open(const std::string& folder, Mode mode, Random& random) {
  auto state = std::make_unique<State>();
  state->folder = folder;
  state->mode = mode;
  state->random = &random;
  if (mode == Mode::kWrite) {
    RETURN_IF_ERROR(MakeFolders(folder, 0700));
    // Also for a maker that died before it came here.
    RETURN_IF_ERROR(SyncFolder(folder));
    RETURN_IF_ERROR(SyncFolder(std::filesystem::absolute(folder).parent_path()));
    for (const std::string& name : FilesEndingIn(folder, kOldSuffix))
      RETURN_IF_ERROR(DestroyFormer(fmt::format("{}/{}", folder, name)));
  }
  RETURN_IF_ERROR(state->ReadAll());
  return std::unique_ptr<KeyRing>(new KeyRing(std::move(state)));
}

Result<Scope> KeyRing::Find(ScopeNumber number) const {
  const std::scoped_lock lock(state_->mutex);
  auto found = state_->scopes.find(number);
  // A key that was destroyed must not live on in readers, and one that was added must be found.
  const bool look = found == state_->scopes.end() || SystemClock().Mono() - state_->looked >= kLookAgain;
  if (state_->mode == Mode::kRead && look) {
    RETURN_IF_ERROR(state_->ReadAll());
    found = state_->scopes.find(number);
  }
  if (found != state_->scopes.end()) return found->second;
  return Fail(Code::kNotFound,
              fmt::format("the keyring has no data key {}: it was destroyed, or this is not the keyring of "
                          "this archive; restore it from a backup",
                          number.value),
              state_->folder);
}

Result<Scope> KeyRing::FindOrMake(const ScopeName& name, ScopeNumber least) {
  const std::scoped_lock lock(state_->mutex);
  if (const auto known = state_->numbers.find(name); known != state_->numbers.end())
    return state_->scopes.at(known->second);
  return state_->Make(name, least);
}

Result<Scope> KeyRing::Renew(const ScopeName& name, ScopeNumber least) {
  const std::scoped_lock lock(state_->mutex);
  return state_->Make(name, least);
}

Result<Scope> KeyRing::State::Make(const ScopeName& name, ScopeNumber least) {
  const Scope scope{std::max(least, next), name, SealingKey::Make(*random)};
  ASSIGN_OR_RETURN(CaseFile * file, CaseOf(name.case_id));
  RETURN_IF_ERROR(Append(scope, file->key));
  next = {scope.number.value + 1};
  unsynced = true;
  numbers[name] = scope.number;
  scopes.emplace(scope.number, scope);
  return scope;
}

Status KeyRing::Sync() {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->unsynced) return {};
  RETURN_IF_ERROR(SyncFolder(state_->folder));
  state_->unsynced = false;
  return {};
}

Status KeyRing::Destroy(ScopeNumber number) {
  const std::scoped_lock lock(state_->mutex);
  const auto found = state_->scopes.find(number);
  if (found == state_->scopes.end())
    return Fail(Code::kNotFound, "there is no data key of this number", std::to_string(number.value));
  const CaseId case_id = found->second.name.case_id;
  ASSIGN_OR_RETURN(CaseFile * file, state_->CaseOf(case_id));
  const std::string path = state_->PathOf(case_id, kDataKeysSuffix);
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(path));
  ASSIGN_OR_RETURN(const ParsedKeys parsed, ParseKeys(text, case_id, file->key));
  Bytes rest(kFirstLine);
  for (const auto& [scope, line] : parsed.scopes)
    if (scope.number != number) rest += line;
  RETURN_IF_ERROR(ReplaceAndDestroy(path, rest));
  const ScopeName name = found->second.name;
  state_->scopes.erase(found);
  const std::vector<ScopeNumber> left = state_->NumbersOf(name);
  if (left.empty())
    state_->numbers.erase(name);
  else
    state_->numbers[name] = left.back();
  return {};
}

std::vector<ScopeNumber> KeyRing::State::NumbersOf(const ScopeName& name) const {
  std::vector<ScopeNumber> found;
  for (const auto& [number, scope] : scopes)
    if (scope.name == name) found.push_back(number);
  return found;
}

std::vector<ScopeNumber> KeyRing::NumbersOf(const ScopeName& name) const {
  const std::scoped_lock lock(state_->mutex);
  return state_->NumbersOf(name);
}

std::vector<ScopeName> KeyRing::Names() const {
  const std::scoped_lock lock(state_->mutex);
  std::vector<ScopeName> names;
  names.reserve(state_->numbers.size());
  for (const auto& [name, number] : state_->numbers) names.push_back(name);
  return names;
}

}  // namespace nightjar::keyring
