// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/entities.h"

#include <algorithm>
#include <map>

#include "sandbox/entities/contacts.h"
#include "sandbox/entities/digits.h"
#include "sandbox/entities/hosts.h"
#include "sandbox/entities/iban.h"
#include "sandbox/entities/mail.h"
#include "sandbox/entities/openpgp/keys.h"
#include "sandbox/entities/pgp.h"
#include "sandbox/entities/phones.h"
#include "sandbox/entities/references.h"
#include "sandbox/entities/scan.h"
#include "sandbox/entities/tlds.h"
#include "sandbox/entities/words.h"

namespace nightjar::entities {
namespace {

bool IsHigh(char c) { return static_cast<std::uint8_t>(c) >= 0x80; }

// A run of ASCII letters and digits. Most words end at the first test of each reader.
void ReadWord(Scan& scan, std::size_t begin, std::size_t end) {
  const std::string_view word = scan.text.substr(begin, end - begin);
  if (IsDigit(word.front())) {
    ReadDigits(scan, begin, end);
  } else if (const Topic topic = TopicOf(word); topic != Topic::kNone) {
    scan.topics.See(topic, end);
    ReadHandleAfter(scan, topic, end);
  } else {
    ReadIban(scan, begin, end);
    ReadReference(scan, begin, end);
  }
  ReadPgpName(scan, begin, end);
  if (word.size() >= kShortestLongWord) ReadLongWord(scan, begin, end);
}

// A byte that is neither letter nor digit: the place to go on from.
std::size_t ReadMark(Scan& scan, std::size_t at) {
  switch (scan.text[at]) {
    case '@':
      ReadAt(scan, at);
      break;
    case '.':
      if (at >= scan.hosts_done) ReadHost(scan, at);
      break;
    case '+':
      ReadPhone(scan, at);
      break;
    case '-':
      return ReadPgpBlock(scan, at);
    case '[':
    case '(':
    case '{':
      ReadSpelledMail(scan, at);
      break;
    default:
      if (!IsHigh(scan.text[at])) break;
      const std::size_t end = EndOf(scan.text, at, IsHigh);
      const Topic topic = TopicOf(scan.text.substr(at, end - at));
      if (topic == Topic::kNone) return end;
      scan.topics.See(topic, end);
      ReadHandleAfter(scan, topic, end);
      return end;
  }
  return at + 1;
}

bool IsPgpPart(const Found& found) { return found.kind.starts_with("pgp_"); }

// The first of those that overlap, the longer of those that begin together; parts of one PGP block stay.
std::vector<Found> WithoutOverlaps(std::vector<Found> all) {
  std::stable_sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  struct Last {
    std::uint32_t begin = 0, end = 0;
  };
  std::map<std::string_view, Last> last;
  std::erase_if(all, [&](const Found& found) {
    Last& before = last[found.kind];
    const bool same_place = found.begin == before.begin && found.end == before.end;
    if (found.begin < before.end && !(same_place && IsPgpPart(found))) return true;
    before = {found.begin, found.end};
    return false;
  });
  return all;
}

}  // namespace

std::vector<Found> FindEntities(std::string_view utf8_text) {
  Scan scan(utf8_text.substr(0, UINT32_MAX));
  for (std::size_t at = 0; at < scan.text.size() && scan.found.size() < kMaxFound;) {
    if (!IsAlnum(scan.text[at])) {
      at = ReadMark(scan, at);
      continue;
    }
    const std::size_t end = EndOf(scan.text, at, IsAlnum);
    ReadWord(scan, at, end);
    at = end;
  }
  return WithoutOverlaps(std::move(scan.found));
}

void PrepareEntities() {
  openpgp::PrepareDigests();
  PrepareTlds();
}

}  // namespace nightjar::entities
