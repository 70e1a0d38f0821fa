// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/warc_block.h"

#include "archive/captures/redaction.h"

namespace nightjar::bundle {

BlockPieces::BlockPieces(const WarcRecord& record, const captures::StoredCapture& capture) {
  const bool redacted = captures::IsRedacted(capture.record);
  switch (record.block) {
    case WarcBlock::kRequest:
      if (redacted) redacted_ = captures::RedactRequest(capture.request);
      first_ = redacted ? ByteView(redacted_) : ByteView(capture.request);
      break;
    case WarcBlock::kResponse:
      if (redacted) redacted_ = captures::RedactHead(capture.head);
      first_ = redacted ? ByteView(redacted_) : ByteView(capture.head);
      second_ = capture.body;
      break;
    case WarcBlock::kText:
      first_ = record.text;
      break;
  }
}

}  // namespace nightjar::bundle
