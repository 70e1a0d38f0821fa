// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/run_hunt.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/url.h"
#include "indexer/hunt/patterns.h"

namespace nightjar::hunt {
namespace {

using Steady = std::chrono::steady_clock;

// A piece ends at whichever comes first: bounds what a kill costs, and memory.
constexpr std::size_t kCapturesAtOnce = 500;
constexpr std::size_t kMatchesAtOnce = 5000;
constexpr std::chrono::seconds kPieceTime{2};

bool SameText(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string HostIn(const std::string& url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->host() : std::string();
}

// A capture that cannot be shown has nothing to be found in; other errors are the archive's.
bool IsAbsent(const Error& error) {
  return error.code == Code::kNotFound || error.code == Code::kRefused || error.code == Code::kCorrupt;
}

class Piece final {
 public:
  Piece(const Grounds& grounds, const Patterns& patterns, Hunt& hunt)
      : grounds_(grounds), patterns_(patterns), hunt_(hunt) {}

  Status Look(CaptureNumber number) {
    const auto row = grounds_.archive->GetRow(number);
    if (!row) return IsAbsent(row.error()) ? Status() : tl::unexpected<Error>(row.error());
    const std::string& url = row->record.url;
    if (!row->rejected.empty() || !Fits(row->record)) return {};
    if (grounds_.hidden) {
      ASSIGN_OR_RETURN(const bool hidden, grounds_.hidden(HostIn(url)));
      if (hidden) return {};
    }
    ++hunt_.looked_at;
    if (grounds_.facts != nullptr) {
      if (const auto facts = grounds_.facts->Get(number)) {
        Take(number, url, patterns_.Find(Part::kTitle, facts->title));
        Take(number, url, patterns_.Find(Part::kText, facts->text));
        Take(number, url, patterns_.Find(Part::kHidden, facts->hidden_text));
      }
    }
    return hunt_.bodies ? LookAtBody(number, url) : Status();
  }

  [[nodiscard]] const std::vector<Match>& found() const { return found_; }

 private:
  [[nodiscard]] bool Fits(const captures::Record& record) const {
    return (hunt_.case_id.empty() || record.case_id.value == hunt_.case_id) && record.ended >= hunt_.since &&
           record.ended < hunt_.until && (hunt_.host.empty() || HostIn(record.url) == hunt_.host);
  }

  Status LookAtBody(CaptureNumber number, const std::string& url) {
    const auto capture = grounds_.archive->Get(number);
    if (!capture) return IsAbsent(capture.error()) ? Status() : tl::unexpected<Error>(capture.error());
    if (BodyIsPlain(capture->head)) Take(number, url, patterns_.Find(Part::kBody, capture->body));
    return {};
  }

  void Take(CaptureNumber number, const std::string& url, std::vector<Match> matches) {
    for (Match& match : matches) {
      match.capture = number;
      match.url = url;
    }
    found_.insert(found_.end(), std::make_move_iterator(matches.begin()),
                  std::make_move_iterator(matches.end()));
  }

  const Grounds& grounds_;
  const Patterns& patterns_;
  Hunt& hunt_;
  std::vector<Match> found_;
};

}  // namespace

bool BodyIsPlain(ByteView head) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const ByteView line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == ByteView::npos) continue;
    const bool coding = SameText(Trimmed(line.substr(0, colon)), "content-encoding") ||
                        SameText(Trimmed(line.substr(0, colon)), "transfer-encoding");
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (coding && !value.empty() && !SameText(value, "identity")) return false;
  }
  return true;
}

Result<Hunt> RunHunt(HuntStore& store, const std::string& name, const Grounds& grounds,
                     const std::function<void(const Hunt&)>& progress, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(Hunt hunt, store.Find(name));
  if (hunt.state == HuntState::kDone || hunt.state == HuntState::kFull) return hunt;
  if (hunt.state == HuntState::kStopped) RETURN_IF_ERROR(store.SetState(name, HuntState::kWaiting));
  hunt.state = HuntState::kWaiting;
  ASSIGN_OR_RETURN(const Patterns patterns, Patterns::Compile(hunt.patterns));
  if (hunt.end == 0) {
    ASSIGN_OR_RETURN(hunt.end, grounds.archive->Size());
  }
  while (!stop.stop_requested() && hunt.state == HuntState::kWaiting) {
    const std::uint64_t from = hunt.next;
    const auto deadline = Steady::now() + kPieceTime;
    Piece piece(grounds, patterns, hunt);
    while (hunt.next < hunt.end && hunt.next - from < kCapturesAtOnce &&
           piece.found().size() < kMatchesAtOnce && Steady::now() < deadline) {
      RETURN_IF_ERROR(piece.Look({hunt.next++}));
    }
    if (hunt.next >= hunt.end) hunt.state = HuntState::kDone;
    if (hunt.matches + piece.found().size() >= kMostMatches) hunt.state = HuntState::kFull;
    ASSIGN_OR_RETURN(hunt, store.Advance(hunt, from, piece.found()));
    progress(hunt);
  }
  return hunt;
}

}  // namespace nightjar::hunt
