// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "base/log.h"

namespace nightjar::config {
namespace {

constexpr std::size_t kMaxDepth = 8;  // mappings in mappings; the settings have three

// Collects entries and the first error; whatever follows an error is passed over.
class Events final : public YAML::EventHandler {
 public:
  Events(std::string file, Lists lists) : file_(std::move(file)), lists_(lists) {}

  [[nodiscard]] Result<std::vector<Entry>> Finish() {
    if (!error_ && !any_mapping_) RefuseAt(1, "there are no settings here");
    if (error_) return tl::unexpected<Error>(std::move(*error_));
    return std::move(entries_);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) Refuse(mark, "a second document starts here; settings are one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    if (in_list_) return Refuse(mark, "an entry of this list is empty");
    TakeValue(mark, Entry::Kind::kEmpty);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    CheckTag(mark, tag);
    if (in_list_) return TakeItem(mark, value);
    if (AwaitsKey()) return TakeKey(mark, value);
    TakeValue(mark, tag == kQuotedTag ? Entry::Kind::kQuoted : Entry::Kind::kPlain, value);
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    if (open_.size() >= kMaxDepth) Refuse(mark, "settings are not nested as deep as this");
    if (in_list_) Refuse(mark, "a list holds plain values only");
    if (any_mapping_) TakeValue(mark, Entry::Kind::kSection);
    if (error_) return;
    open_.push_back({.prefix = any_mapping_ ? entries_.back().name + "." : ""});
    any_mapping_ = true;
  }
  void OnMapEnd() override {
    if (!error_) open_.pop_back();
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    if (lists_ == Lists::kRefused) Refuse(mark, "a list stands here; no setting is one");
    if (in_list_) Refuse(mark, "a list holds plain values only");
    TakeValue(mark, Entry::Kind::kList);
    in_list_ = true;
  }
  void OnSequenceEnd() override { in_list_ = false; }

  void OnAnchor(const YAML::Mark& mark, const std::string&) override { RefuseAnchor(mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { RefuseAnchor(mark); }

  [[nodiscard]] bool failed() const { return error_.has_value(); }

  void RefuseAt(int line, std::string text) {
    if (!error_) error_ = Error{Code::kInvalidInput, std::move(text), Place(file_, line)};
  }

 private:
  static constexpr std::string_view kPlainTag = "?";  // yaml-cpp's words for scalars without a tag
  static constexpr std::string_view kQuotedTag = "!";

  struct Mapping {
    std::string prefix;  // "crawl.limits."
    std::set<std::string> seen{};
    std::optional<Entry> next{};  // a key whose value is still to come
  };

  [[nodiscard]] bool AwaitsKey() const { return !open_.empty() && !open_.back().next; }

  void TakeKey(const YAML::Mark& mark, const std::string& key) {
    if (error_) return;
    Mapping& mapping = open_.back();
    mapping.next = Entry{.name = mapping.prefix + key, .line = mark.line + 1};
    if (!mapping.seen.insert(key).second) {
      Refuse(mark, "\"" + log::Safe(mapping.next->name) + "\" stands here for a second time");
    }
  }

  void TakeValue(const YAML::Mark& mark, Entry::Kind kind, std::string value = {}) {
    if (open_.empty()) Refuse(mark, "settings are names with values, such as \"data: /var/lib/nightjar\"");
    if (AwaitsKey()) Refuse(mark, "the name of a setting is a plain word");
    if (error_) return;
    Entry entry = *std::exchange(open_.back().next, std::nullopt);
    entry.kind = kind;
    entry.value = std::move(value);
    entries_.push_back(std::move(entry));
  }

  void TakeItem(const YAML::Mark& mark, const std::string& value) {
    if (error_) return;
    const std::string name = entries_.back().name;
    entries_.push_back({.name = name, .kind = Entry::Kind::kItem, .value = value, .line = mark.line + 1});
  }

  void CheckTag(const YAML::Mark& mark, std::string_view tag) {
    if (!tag.empty() && tag != kPlainTag && tag != kQuotedTag) Refuse(mark, "settings have no YAML tags");
  }
  void RefuseAnchor(const YAML::Mark& mark) { Refuse(mark, "settings have no YAML anchors and aliases"); }
  void Refuse(const YAML::Mark& mark, std::string text) { RefuseAt(mark.line + 1, std::move(text)); }

  const std::string file_;
  const Lists lists_;
  bool in_list_ = false;
  std::vector<Mapping> open_;  // from the outermost in
  std::vector<Entry> entries_;
  std::optional<Error> error_;
  int documents_ = 0;
  bool any_mapping_ = false;
};

}  // namespace

std::string Place(const std::string& file, int line) { return file + ":" + std::to_string(line); }

Result<std::vector<Entry>> ReadYaml(const std::string& yaml, const std::string& file, Lists lists) {
  if (yaml.size() > kMaxBytes) return Fail(Code::kFull, "settings are never longer than 1 MiB", file);
  Events events(file, lists);
  try {
    std::istringstream stream(yaml);
    YAML::Parser parser(stream);
    // Not until the end of the file: before a stray comma yaml-cpp 0.7 finds empty documents for ever.
    while (!events.failed() && parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& problem) {
    events.RefuseAt(problem.mark.line + 1, "is not YAML: " + problem.msg);
  }
  return events.Finish();
}

}  // namespace nightjar::config
