// SPDX-License-Identifier: Apache-2.0
// From a Document to a page that can be read: codings undone, characters decoded, tree built. Every step has
// a cap, and what breaks one is not lost but read in a poorer way; `verdict` says which.
#pragma once

#include <memory>
#include <string>

#include "base/digest.h"
#include "base/result.h"
#include "sandbox/parse/http_head.h"
#include "sandbox/parse/linear.h"
#include "sandbox/parse/media.h"
#include "sandbox/parse/text.h"
#include "sandbox/parse/tree.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::parse {

// Holds views into itself and into the Document it was made from: neither may move while it lives.
struct Page {
  Head head;
  wire::Verdict verdict = wire::Verdict::kOk;
  std::string reason;
  Media media = Media::kNotText;
  std::string_view charset;        // WHATWG name; empty when not text
  std::uint32_t decoded_size = 0;  // bytes of the decoded body: what spans are measured against
  Digest body_digest;              // SHA-256 of the decoded body
  Bytes not_text;                  // the decoded body of what is not text
  Text text;                       // empty when not text
  std::unique_ptr<Tree> tree;      // only for markup fit for it
  LinearPage linear;               // only for markup without a tree

  // A range of the text as a range of the decoded body.
  [[nodiscard]] wire::Span SpanOf(std::uint32_t begin, std::uint32_t end) const {
    return {text.offsets.ToBytes(begin), text.offsets.ToBytes(end)};
  }
};

[[nodiscard]] std::unique_ptr<const Page> ReadPage(const wire::Document& document);

}  // namespace nightjar::parse
