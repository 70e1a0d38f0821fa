// SPDX-License-Identifier: Apache-2.0
#include "search/report/content.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/captures/redaction.h"
#include "archive/evidence/leaf.h"
#include "search/web/visible.h"

namespace nightjar::report {
namespace {

// One line of somebody's text.
std::string Line(std::string_view untrusted_text, std::size_t most = kMostFieldText) {
  std::string text = web::MakeVisible(untrusted_text);
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  if (text.size() <= most) return text;
  return std::string(Utf8Prefix(text, most)) + " …";
}

std::string OrDash(std::string text) { return text.empty() ? "–" : std::move(text); }

std::string When(UtcTime time) {
  std::string text = FormatUtc(time).substr(0, 23);
  text[10] = ' ';
  return text + " UTC";
}

// The log knows whole seconds.
std::string Seconds(const std::string& time) {
  return time.size() < 19 ? time : time.substr(0, 10) + " " + time.substr(11, 8) + " UTC";
}

std::string Sized(const Digest& sha256, std::uint64_t size) {
  return fmt::format("{}  ({} bytes)", sha256.Hex(), web::Grouped(size));
}

// The first lines of a page's text.
void SetText(Exhibit& exhibit, std::string_view untrusted_text) {
  std::string_view cut = Utf8Prefix(untrusted_text, std::min(kMostText, untrusted_text.size()));
  if (!IsValidUtf8(untrusted_text)) cut = {};  // the store checks it; a text that is none is not shown
  std::size_t lines = 0;
  std::size_t end = 0;
  while (end < cut.size() && lines < kMostLines) {
    const std::size_t next = cut.find('\n', end);
    end = next == std::string_view::npos ? cut.size() : next + 1;
    ++lines;
  }
  exhibit.text = web::MakeVisible(cut.substr(0, end));
  exhibit.text_is_cut = end < untrusted_text.size();
}

void AddDerived(Exhibit& exhibit, const wire::Facts& facts) {
  if (!facts.title.empty()) exhibit.title = Line(facts.title);
  for (const wire::Field& field : facts.fields) {
    if (exhibit.fields.size() == kMostFields) break;
    exhibit.fields.push_back(
        {Line(field.name), Line(field.unit.empty() ? field.value : field.value + " " + field.unit)});
  }
  SetText(exhibit, facts.text);
}

void AddNotes(Exhibit& exhibit, const captures::StoredCapture& capture) {
  const captures::Record& record = capture.record;
  if (!capture.rejected.empty()) {
    exhibit.notes.push_back("The archive did not believe this exchange and kept its record only: " +
                            Line(capture.rejected));
    return;
  }
  exhibit.imported = !record.origin.empty();
  if (record.origin.starts_with("file ")) {
    exhibit.notes.push_back(Line(record.detail) + ": " + Line(record.origin));
  } else if (exhibit.imported) {
    exhibit.notes.push_back("Imported from somebody else's file, not fetched by Nightjar: " +
                            Line(record.origin));
  }
  if (captures::IsRedacted(record)) {
    exhibit.notes.emplace_back(
        "Made with a login of the investigators: cookies, passwords and forms are replaced in this bundle; "
        "the signed record has the digests of both forms.");
  }
  if (record.withheld.by != captures::Withheld::By::kNothing)
    exhibit.notes.push_back("The body was not kept: " + Line(record.detail));
  if (bundle::WasLeftOut(record)) {
    exhibit.notes.push_back(
        "Nightjar came upon this address and did not ask for it: nothing was sent, nothing received. The "
        "rule: " +
        Line(record.detail));
  } else if (record.outcome != captures::Outcome::kOk && record.outcome != captures::Outcome::kWithheld &&
             record.origin.empty())
    exhibit.notes.push_back("The exchange did not end well: " + Line(record.detail));
}

// What is shown of a capture depends on whether there was an exchange at all.
enum class Kind { kExchange, kLeftOut, kFile };

Kind KindOf(const captures::StoredCapture& capture) {
  if (capture.rejected.empty() && bundle::WasLeftOut(capture.record)) return Kind::kLeftOut;
  return capture.record.origin.starts_with("file ") ? Kind::kFile : Kind::kExchange;
}

std::vector<Row> TimesOf(Kind kind, const captures::Record& record) {
  if (kind == Kind::kLeftOut) return {{"Decided", When(record.started)}};
  if (kind == Kind::kFile) return {{"Brought in", When(record.started)}};
  return {{record.origin.empty() ? "Request sent" : "Time in the file", When(record.started)},
          {"Answer complete", When(record.ended)}};
}

std::string EndOf(Kind kind, const captures::StoredCapture& capture) {
  if (!capture.rejected.empty()) return "rejected";
  if (kind == Kind::kLeftOut) return "not fetched, by rule";
  if (kind == Kind::kFile) return "not kept as a file; what it held are captures of their own";
  const std::string outcome(captures::OutcomeName(capture.record.outcome));
  const int status = capture.record.http_status;
  return status == 0 ? outcome : fmt::format("{}, HTTP {}", outcome, status);
}

// Digests of nothing would only puzzle.
std::vector<Row> DigestsOf(const captures::Record& record, const Digest& record_sha256) {
  std::vector<Row> rows = {{"Record", record_sha256.Hex()}};
  if (record.request_size > 0) rows.push_back({"Request", Sized(record.request_sha256, record.request_size)});
  if (record.response_size > 0)
    rows.push_back({"Response", Sized(record.response_sha256, record.response_size)});
  if (record.response_size > record.head_size) rows.push_back({"Its body", record.body_sha256.Hex()});
  return rows;
}

std::string TitleOf(Kind kind, CaptureNumber number) {
  if (kind == Kind::kLeftOut) return "Not fetched";
  if (kind == Kind::kFile) return "A file that was brought in";
  return "Capture " + std::to_string(number.value);
}

Result<Exhibit> MakeExhibit(CaptureNumber number, const Sources& sources) {
  ASSIGN_OR_RETURN(const captures::StoredCapture capture, sources.archive->Get(number));
  ASSIGN_OR_RETURN(const evidence::Leaf leaf, evidence::ParseLeaf(capture.leaf));
  const captures::Record& record = capture.record;
  const Digest record_sha256 = Sha256(capture.record_text);
  const Kind kind = KindOf(capture);
  Exhibit exhibit;
  exhibit.number = number.value;
  exhibit.title = TitleOf(kind, number);
  exhibit.url = web::Defang(Line(record.url, 2 * kMostFieldText));
  exhibit.facts = TimesOf(kind, record);
  for (Row row : {Row{"In the log since", Seconds(FormatUtc(UtcTime(std::chrono::seconds(leaf.unix_time))))},
                  Row{"Outcome", EndOf(kind, capture)}, Row{"Clock of the machine", Line(record.clock_state)},
                  Row{"Tor consensus", Line(record.consensus)}, Row{"Job", Line(record.job.value)},
                  Row{"Made by", fmt::format("{}, key {}", Line(record.tool), record.fetcher_key)}})
    exhibit.facts.push_back(std::move(row));
  exhibit.digests = DigestsOf(record, record_sha256);
  exhibit.qr = fmt::format("nightjar capture {} record sha256 {}", number.value, record_sha256.Hex());
  AddNotes(exhibit, capture);
  if (sources.facts == nullptr || !capture.rejected.empty()) return exhibit;
  const auto facts = sources.facts->Get(number);
  if (facts) AddDerived(exhibit, *facts);
  return exhibit;
}

std::uint64_t Archived(const bundle::Selection& selection) {
  std::uint64_t all = 0;
  for (const auto& [key, tally] : selection.counts) all += tally.archived;
  return all;
}

// Records of files whose pages were imported.
std::uint64_t FilesBroughtIn(const bundle::ExportPlan& plan) {
  std::uint64_t files = 0;
  for (const bundle::CustodyEntry& entry : plan.custody)
    if (entry.detail.starts_with("file sha256=")) files += entry.captures;
  return files;
}

// "5 with an answer, 1 without one, 2 not fetched by rule (robots.txt, blocklist)".
std::string HowTheyEnded(const bundle::ExportPlan& plan) {
  std::uint64_t rejected = 0, silent = 0, answered = 0;
  for (const auto& [key, tally] : plan.selection.counts) {
    if (key.outcome == "rejected") {
      rejected += tally.exported;
    } else if (key.outcome == "ok" || key.outcome == "truncated" || key.outcome == "withheld") {
      answered += tally.exported;
    } else {
      silent += tally.exported;
    }
  }
  const std::uint64_t files = FilesBroughtIn(plan);
  std::string text = fmt::format("{} with an answer", answered);
  if (silent > plan.left_out + files) text += fmt::format(", {} without one", silent - plan.left_out - files);
  if (files > 0) text += fmt::format(", {} about files that were brought in", files);
  if (plan.left_out > 0)
    text += fmt::format(", {} not fetched by rule (robots.txt, blocklist)", plan.left_out);
  if (rejected > 0) text += fmt::format(", {} not believed by the archive", rejected);
  return text;
}

// "capture 4", "3 captures (numbers 4 to 9)".
std::string HowMany(const bundle::CustodyEntry& entry) {
  const std::size_t dash = std::min(entry.numbers.find('-'), entry.numbers.size());
  const std::string first = entry.numbers.substr(0, dash);
  if (entry.captures == 1) return "capture " + first;
  return fmt::format("{} captures (numbers {} to {})", entry.captures, first,
                     entry.numbers.substr(std::min(dash + 1, entry.numbers.size())));
}

CustodyLine LineOf(const bundle::CustodyEntry& entry) {
  CustodyLine line{.when = Seconds(entry.at),
                   .what = {},
                   .who = OrDash(Line(entry.by)),
                   .why = OrDash(Line(entry.reason))};
  if (entry.operation == "collection") {
    if (line.when.empty()) line.when = "As its file says";
    if (const std::string until = Seconds(entry.until); !until.empty() && until != line.when)
      line.when += " to " + until;
    line.what = fmt::format("{}, job {}: {}", HowMany(entry), Line(entry.job), Line(entry.detail));
  } else if (entry.operation == "disclosure") {
    if (line.when.empty()) line.when = "This export";
    line.what =
        fmt::format("{} capture(s) handed out, from a log of {} leaves", entry.captures, entry.tree_size);
  } else {
    line.what = Line(entry.detail);
  }
  return line;
}

// The last ones count most: the exports, this one above all.
void AddCustody(Content& content, const bundle::ExportPlan& plan) {
  const std::size_t all = plan.custody.size();
  const std::size_t left_out = all > kMostCustody ? all - kMostCustody : 0;
  if (left_out > 0)
    content.custody.push_back(
        {.when = "–",
         .what = fmt::format("{} entries before these stand in custody.jsonl", left_out),
         .who = "–",
         .why = "–"});
  for (std::size_t i = left_out; i < all; ++i) content.custody.push_back(LineOf(plan.custody[i]));
}

void AddCover(Content& content, const bundle::ExportPlan& plan) {
  const bundle::Selection& s = plan.selection;
  content.cover = {
      {"Case", Line(s.case_id)},
      {"Title", OrDash(Line(s.case_title))},
      {"Legal basis", OrDash(Line(s.legal_basis))},
      {"Officer", OrDash(Line(s.officer))},
      {"Exported by", OrDash(Line(s.exported_by))},
      {"Reason", OrDash(Line(s.reason))},
      {"Chosen by", OrDash(Line(s.selected_by))},
      {"Captures", fmt::format("{} of {} that the archive holds of this case", s.captures, Archived(s))},
      {"Of these", HowTheyEnded(plan)},
      {"First, last", fmt::format("number {} to {}, {} to {}", s.first, s.last, When(plan.first_started),
                                  When(plan.latest_ended))},
      {"Log", fmt::format("{}, {} leaves", Line(s.log), s.tree_size)},
      {"Root of the log", plan.checkpoint.checkpoint.root.Hex()},
      {"Key of the log", evidence::FormatVkey(plan.log)}};
  content.key_qr = evidence::FormatVkey(plan.log);
}

// For a reader who never heard of any of this.
void AddIntroduction(Content& content) {
  content.introduction = {
      "This report shows what the program Nightjar captured for the case named above. A capture is one "
      "exchange with a "
      "server: what was asked and what came back, byte for byte.",
      "A record of each capture was signed when it was made and entered in a log that can only grow. Whoever "
      "holds this "
      "bundle can therefore check, alone and without a network, that the bytes are the ones that were "
      "captured and "
      "that nothing was changed, added or exchanged since.",
      "The report is for reading. The evidence are the files beside it: the bytes in data/capture.warc, the "
      "signed "
      "records in data/records."};
}

void AddLimits(Content& content, const bundle::ExportPlan& plan) {
  content.checked = {
      "Every byte of each request and response has the SHA-256 that the signed record gives.",
      "Each record is signed by the program that made the capture, at the time it made it.",
      fmt::format("Each record is a leaf of an append-only log; its state at {} leaves is signed by {}.",
                  plan.selection.tree_size, Line(plan.selection.log)),
      "The finished bundle was read back and verified as a stranger would, before it was handed out."};
  if (plan.earlier) {
    content.checked.push_back(
        fmt::format("The log of an earlier export of this case ({} leaves) is the beginning of this one: "
                    "nothing in it was "
                    "changed or taken away since.",
                    plan.earlier->checkpoint.size));
  }
  content.not_checked = {
      "Whether the clock of the capturing machine was right. Records name a Tor consensus: they are not "
      "older than that.",
      "Whether what a page says is true, and who wrote it.",
      "The text and the fields in this report. A parser read them out of the bytes, here to help the reader; "
      "where they "
      "and the bytes in data/capture.warc differ, the bytes count."};
  content.not_proved = {
      fmt::format("That this is all there is: {} of {} captures of the case were chosen; selection.json "
                  "counts what was "
                  "left out, failures included. What was never visited is in no archive.",
                  plan.selection.captures, Archived(plan.selection)),
      "That the service showed the same page to others, or at another time.",
      "That the person named on a page wrote it. An onion address proves who holds its key, and no more."};
  content.how_to_check = {
      "Unpack the bundle, then run: python3 verify.py --key KEY, with the key of the log as you got it on "
      "paper.",
      "Or read VERIFY.txt and type its commands yourself: sha256sum, openssl and python3 are all it takes, "
      "no network.",
      "Compare the SHA-256 of a record in this report with sha256sum data/records/NUMBER.txt."};
}

}  // namespace

Result<Content> Gather(const bundle::ExportPlan& plan, const Sources& sources) {
  Content content;
  content.title = "Evidence report, case " + Line(plan.selection.case_id);
  content.created = FormatUtc(plan.latest_ended);
  AddCover(content, plan);
  AddIntroduction(content);
  AddLimits(content, plan);
  AddCustody(content, plan);
  for (const CaptureNumber number : plan.captures) {
    if (content.exhibits.size() == kMostExhibits) {
      content.left_out = fmt::format("{} more captures are in the bundle and not in this report.",
                                     plan.captures.size() - kMostExhibits);
      break;
    }
    ASSIGN_OR_RETURN(Exhibit exhibit, MakeExhibit(number, sources));
    content.exhibits.push_back(std::move(exhibit));
  }
  if (const auto imported = std::ranges::count_if(content.exhibits, &Exhibit::imported); imported > 0) {
    content.not_checked.push_back(
        fmt::format("Where {} of the exhibits came from: they were imported from files of others. Nightjar "
                    "vouches for what those "
                    "files held when they were brought in, and for nothing before that.",
                    imported));
  }
  return content;
}

}  // namespace nightjar::report
