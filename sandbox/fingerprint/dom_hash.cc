// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fingerprint/dom_hash.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <climits>
#include <memory>
#include <optional>

#include "base/digest.h"
#include "sandbox/fingerprint/skeleton.h"

namespace nightjar::fingerprint {
namespace {

constexpr std::size_t kDigits = 32;

// Hashed a few KiB at a time: a call for every name costs more than the hashing.
class Names final {
 public:
  void Add(std::string_view name) {
    if (any_) waiting_.push_back('|');
    any_ = true;
    waiting_.append(name);
    if (waiting_.size() >= kPiece) Hash();
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
  }

  Sha256Stream joined_;
  std::string waiting_;
  bool any_ = false;
};

void TakeName(void* context, const xmlChar* name, const xmlChar**) {
  static_cast<Names*>(context)->Add(reinterpret_cast<const char*>(name));
}

}  // namespace

std::string HashOfNames(std::string_view markup) {
  if (markup.size() > INT_MAX) return {};
  Names names;
  htmlSAXHandler handler = {};
  handler.startElement = TakeName;
  const std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxtPtr)> parser(
      htmlCreatePushParserCtxt(&handler, &names, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
      htmlFreeParserCtxt);
  if (parser == nullptr) return {};
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                       HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
  htmlParseChunk(parser.get(), markup.data(), static_cast<int>(markup.size()), 0);
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  return names.Finish();
}

std::string DomHash(std::string_view markup) { return HashOfNames(SkeletonOf(markup)); }

void PrepareDomHash() {
  xmlInitParser();
  (void)DomHash("<p>prepared</p>");
}

}  // namespace nightjar::fingerprint
