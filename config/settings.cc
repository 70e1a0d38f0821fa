// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/log.h"
#include "config/keys.h"
#include "config/print.h"
#include "config/yaml_document.h"

namespace nightjar::config {
namespace {

// A file being read into Settings.
class Reader final {
 public:
  Reader(std::vector<Entry> entries, const std::string& file) : entries_(std::move(entries)), file_(file) {}

  Result<Settings> Read() {
    for (const Entry& entry : entries_) RETURN_IF_ERROR(Take(entry));
    for (const Key& key : Keys()) {
      if (Find(key.name) == nullptr) return Missing(key);
    }
    for (const Rule& rule : Rules()) {
      if (!rule.holds(settings_)) {
        return Refuse(Find(rule.key)->line, fmt::format("\"{}\" {}", rule.key, rule.demand));
      }
    }
    return settings_;
  }

 private:
  Status Take(const Entry& entry) {
    const Key* key = FindKey(entry.name);
    if (key == nullptr) return TakeSection(entry);
    const bool good = std::holds_alternative<Text>(key->value)
                          ? SetText(std::get<Text>(key->value), entry)
                          : SetNumber(std::get<Number>(key->value), entry);
    if (good) return {};
    const std::string found = entry.kind == Entry::Kind::kEmpty     ? "nothing"
                              : entry.kind == Entry::Kind::kSection ? "a section"
                                                                    : '"' + log::Safe(entry.value) + '"';
    return Refuse(entry.line, fmt::format("\"{}\" must be {}, not {}", key->name, FormOf(*key), found));
  }

  Status TakeSection(const Entry& entry) {
    const bool known = std::ranges::find(Sections(), entry.name, &Section::name) != Sections().end();
    if (known && entry.kind == Entry::Kind::kSection) return {};
    if (known) return Refuse(entry.line, fmt::format("\"{}\" is a section, with keys under it", entry.name));
    const bool section = entry.kind == Entry::Kind::kSection;
    return Refuse(entry.line, fmt::format("\"{}\" is not a {}; did you mean \"{}\"?", log::Safe(entry.name),
                                          section ? "section" : "setting",
                                          section ? NearestSection(entry.name) : NearestKey(entry.name)));
  }

  bool SetText(const Text& text, const Entry& entry) {
    const bool is_text = entry.kind == Entry::Kind::kPlain || entry.kind == Entry::Kind::kQuoted;
    if (!is_text || !IsPrintable(entry.value) || !text.allowed(entry.value)) return false;
    text.set(settings_, entry.value);
    return true;
  }

  bool SetNumber(const Number& number, const Entry& entry) {
    if (entry.kind != Entry::Kind::kPlain) return false;
    const auto value = ParseDecimal(entry.value, number.most);
    if (!value || *value < number.least) return false;
    number.set(settings_, *value);
    return true;
  }

  static bool IsPrintable(std::string_view text) {
    return IsValidUtf8(text) && std::ranges::none_of(text, [](char c) {
             return static_cast<unsigned char>(c) < 0x20 || c == '\x7F';
           });
  }

  tl::unexpected<Error> Missing(const Key& key) const {
    const Entry* section = Find(key.name.substr(0, std::min(key.name.rfind('.'), key.name.size())));
    return Refuse(section == nullptr ? 1 : section->line,
                  fmt::format("\"{}\" is missing; its default is {}", key.name, ValueText(key, Settings{})));
  }

  [[nodiscard]] const Entry* Find(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    return found == entries_.end() ? nullptr : &*found;
  }

  [[nodiscard]] tl::unexpected<Error> Refuse(int line, std::string text) const {
    return Fail(Code::kInvalidInput, std::move(text), Place(file_, line));
  }

  std::vector<Entry> entries_;
  const std::string& file_;
  Settings settings_;
};

}  // namespace

Result<Settings> Parse(const std::string& yaml, const std::string& name) {
  ASSIGN_OR_RETURN(auto entries, ReadYaml(yaml, name));
  return Reader(std::move(entries), name).Read();
}

Result<Settings> Load(const std::string& path) {
  ASSIGN_OR_RETURN(const Bytes yaml, ReadFile(path, kMaxBytes));
  return Parse(yaml, path);
}

}  // namespace nightjar::config
