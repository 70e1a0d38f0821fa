// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fingerprint/dom_hash.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <climits>
#include <memory>

#include "base/digest.h"
#include "sandbox/fingerprint/skeleton.h"

namespace nightjar::fingerprint {
namespace {

constexpr std::size_t kDigits = 32;

// Hashed a few KiB at a time: a call for every name costs more than the hashing.
class Names final {
 public:
  // One, or several joined by '|'.
  void Add(std::string_view names) {
    if (any_) waiting_.push_back('|');
    any_ = true;
    last_at_ = waiting_.size();
    waiting_.append(names);
    if (waiting_.size() >= kPiece) Hash();
  }
  [[nodiscard]] bool EndWith(std::string_view name) const {
    return any_ && last_at_ <= waiting_.size() && std::string_view(waiting_).substr(last_at_) == name;
  }
  // Empty where there was no name.
  [[nodiscard]] std::string Finish() {
    Hash();
    return any_ ? joined_.Finish().Hex().substr(0, kDigits) : std::string();
  }

 private:
  static constexpr std::size_t kPiece = 4 << 10;

  void Hash() {
    joined_.Update(waiting_);
    waiting_.clear();
    last_at_ = 0;
  }

  Sha256Stream joined_;
  std::string waiting_;
  std::size_t last_at_ = 0;  // of the last addition, in `waiting_`
  bool any_ = false;
};

void TakeName(void* context, const xmlChar* name, const xmlChar**) {
  static_cast<Names*>(context)->Add(reinterpret_cast<const char*>(name));
}

// libxml2's push parser, told to report names.
class Reporter final {
 public:
  explicit Reporter(Names& names) {
    handler_.startElement = TakeName;
    parser_.reset(htmlCreatePushParserCtxt(&handler_, &names, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
    if (parser_ == nullptr) return;
    htmlCtxtUseOptions(parser_.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
  }
  [[nodiscard]] bool ok() const { return parser_ != nullptr; }
  void Push(std::string_view markup) {
    htmlParseChunk(parser_.get(), markup.data(), static_cast<int>(markup.size()), 0);
  }
  void Finish() { htmlParseChunk(parser_.get(), nullptr, 0, 1); }

 private:
  htmlSAXHandler handler_ = {};
  std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxtPtr)> parser_{nullptr, htmlFreeParserCtxt};
};

}  // namespace

std::string HashOfNames(std::string_view markup) {
  if (markup.size() > INT_MAX) return {};
  Names names;
  Reporter reporter(names);
  if (!reporter.ok()) return {};
  reporter.Push(markup);
  reporter.Finish();
  return names.Finish();
}

std::string DomHash(std::string_view markup) {
  if (markup.size() > INT_MAX) return {};
  const Skeleton skeleton = SkeletonOf(markup);
  Names names;
  Reporter reporter(names);
  if (!reporter.ok()) return {};
  reporter.Push(skeleton.before);
  if (skeleton.has_body) {
    if (!names.EndWith("body")) return HashOfNames(markup);
    if (!skeleton.names.empty()) names.Add(skeleton.names);
    if (!skeleton.after.empty()) reporter.Push(skeleton.after);
  }
  reporter.Finish();
  return names.Finish();
}

void PrepareDomHash() {
  xmlInitParser();
  (void)DomHash("<p>prepared</p>");
}

}  // namespace nightjar::fingerprint
