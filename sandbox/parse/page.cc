// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/page.h"

#include "sandbox/parse/charset.h"
#include "sandbox/parse/coding.h"
#include "sandbox/parse/prescan.h"

namespace nightjar::parse {
namespace {

void SetVerdict(Page& page, wire::Verdict verdict, std::string reason) {
  page.verdict = verdict;
  page.reason = std::move(reason);
}

void NoteCodingEnd(Page& page, DecodedBody& body) {
  if (body.end == CodingEnd::kTooLarge)
    SetVerdict(page, wire::Verdict::kFallbackLarge, std::move(body.reason));
  if (body.end == CodingEnd::kBad) SetVerdict(page, wire::Verdict::kBadCoding, std::move(body.reason));
}

// The tree if nothing speaks against it, else the linear reading.
void ReadMarkup(Page& page, wire::ReadMode mode) {
  if (page.verdict == wire::Verdict::kOk && mode != wire::ReadMode::kLinear) {
    auto excess = FindExcess(page.text.utf8);
    if (!excess) {
      page.tree = std::make_unique<Tree>(page.text.utf8);
      return;
    }
    SetVerdict(page, excess->verdict, std::move(excess->reason));
  }
  page.linear = ReadLinear(page.text.utf8);
}

}  // namespace

std::unique_ptr<const Page> ReadPage(const wire::Document& document) {
  auto page = std::make_unique<Page>();
  page->head = ParseHead(document.head);
  DecodedBody body = UndoCodings(page->head, document.body);
  NoteCodingEnd(*page, body);
  page->decoded_size = static_cast<std::uint32_t>(body.bytes.size());
  page->body_digest = Sha256(body.bytes);
  const std::string_view content_type = page->head.First("content-type");
  page->media = DecideMedia(content_type, body.bytes);
  if (page->media == Media::kNotText) {
    if (page->verdict == wire::Verdict::kOk)
      SetVerdict(*page, wire::Verdict::kNotText, "the body is not text");
    page->not_text = std::move(body.bytes);
    return page;
  }
  const Encoding* encoding = DecideEncoding(content_type, body.bytes);
  page->charset = encoding->name;
  page->text = ToText(*encoding, std::move(body.bytes));
  if (page->media == Media::kMarkup) ReadMarkup(*page, document.mode);
  return page;
}

}  // namespace nightjar::parse
