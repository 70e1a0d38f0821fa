// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "archive/captures/redaction.h"
#include "archive/evidence/leaf.h"
#include "base/bytes.h"
#include "embedded/capture_template.h"
#include "search/web/cards.h"
#include "search/web/pages.h"
#include "search/web/reading_view.h"
#include "search/web/view.h"
#include "search/web/visible.h"

namespace nightjar::web {
namespace {

View Chip(const char* name, std::string_view value, bool warn = false) {
  View chip;
  SetText(chip, "name", name);
  SetText(chip, "value", value);
  chip.set("warn", warn);
  return chip;
}

View Chips(const api::CaptureView& page) {
  const captures::Record& record = page.capture.record;
  View chips(View::type::list);
  if (page.facts) {
    chips.push_back(Chip("", wire::PageKindName(page.facts->page_kind)));
    chips.push_back(Chip("", wire::PageClassName(page.facts->page_class),
                         page.facts->page_class != wire::PageClass::kContent));
  }
  const bool ok = record.outcome == captures::Outcome::kOk;
  chips.push_back(Chip("exchange", captures::OutcomeName(record.outcome), !ok));
  if (record.http_status != 0) chips.push_back(Chip("HTTP", std::to_string(record.http_status)));
  if (!record.origin.empty()) chips.push_back(Chip("", "imported", true));
  chips.push_back(
      Chip(record.origin.empty() ? "captured" : "made, it says,", ShortTime(record.ended) + " UTC"));
  if (captures::IsRedacted(record)) chips.push_back(Chip("shown without", "session secrets"));
  chips.push_back(Chip("case", record.case_id.value));
  chips.push_back(Chip("job", record.job.value));
  return chips;
}

View Fields(const std::vector<wire::Field>& fields) {
  View rows(View::type::list);
  for (const wire::Field& field : fields) {
    View row;
    SetText(row, "name", field.name);
    SetText(row, "value", field.value);
    SetText(row, "unit", field.unit);
    SetText(row, "raw", field.raw);
    row.set("span",
            field.span == wire::Span{} ? "–" : fmt::format("{}–{}", field.span.begin, field.span.end));
    row.set("confidence", std::to_string(field.confidence));
    rows.push_back(row);
  }
  return rows;
}

View Checks(const std::vector<api::Check>& checks) {
  View rows(View::type::list);
  for (const api::Check& check : checks) {
    View row;
    SetText(row, "statement", check.statement);
    row.set("passed", check.passed);
    SetText(row, "problem", check.problem);
    rows.push_back(row);
  }
  return rows;
}

View Digests(const captures::Record& record) {
  View rows(View::type::list);
  const auto add = [&rows](const char* name, const Digest& digest, std::uint64_t size) {
    View row;
    row.set("name", std::string(name));
    row.set("digest", digest.Hex());
    row.set("size", Grouped(size));
    rows.push_back(row);
  };
  add("request as sent", record.request_sha256, record.request_size);
  add("response as received", record.response_sha256, record.response_size);
  add("its body", record.body_sha256,
      record.response_size - std::min(record.response_size, record.head_size));
  return rows;
}

// Why nothing, or not everything, was read out of this capture.
std::string UnreadReason(const api::CaptureView& page) {
  const captures::Record& record = page.capture.record;
  if (record.outcome != captures::Outcome::kOk && !record.detail.empty() && record.detail != "-")
    return "Why: " + record.detail;
  if (!page.facts) return record.http_status == 0 ? "" : "The index role has not read this capture yet.";
  if (page.facts->verdict == wire::Verdict::kOk) return {};
  return fmt::format("Reading ended with “{}”: {}", wire::VerdictName(page.facts->verdict),
                     page.facts->reason);
}

void SetEvidence(View& view, const api::CaptureView& page) {
  SetText(view, "record", page.capture.record_text);
  view.set("signature", Base64Encode(page.capture.signature));
  SetText(view, "leaf", page.capture.leaf);
  SetText(view, "proof", page.proof_file);
  const bool covered = page.checkpoint.has_value();
  SetText(view, "pending",
          covered ? "" : "The next checkpoint will cover this capture; reload in a few seconds.");
  view.set("digests", Digests(page.capture.record));
  view.set("checks", Checks(page.checks));
}

// What to say of a number that is no capture, or none any more.
std::string NoCapture(const api::CaptureView& page) {
  if (page.erasure) {
    return fmt::format(
        "Erased on {} under “{}”, ordered by {}, approved by {}: leaf {} of the log says so. Its own leaf "
        "stays, so "
        "that everything else can still be proved.",
        FormatUtc(page.erasure->time).substr(0, 10), page.erasure->rule, page.erasure->ordered_by,
        page.erasure->approved_by, page.capture.erased_by->value);
  }
  const auto leaf = evidence::ParseLeaf(page.capture.leaf);
  const bool is_capture =
      !leaf || leaf->kind == evidence::LeafKind::kCapture || leaf->kind == evidence::LeafKind::kRejected;
  return is_capture ? "" : "This leaf speaks of the log itself (" + page.capture.rejected + ").";
}

}  // namespace

std::string CapturePage(const api::CaptureView& page) {
  const captures::Record& record = page.capture.record;
  const wire::Facts facts = page.facts.value_or(wire::Facts{});
  const std::string number = std::to_string(page.capture.number.value);
  const std::string untitled = page.erasure               ? "Erased by rule"
                               : !NoCapture(page).empty() ? "A leaf of the log itself"
                               : record.http_status == 0  ? "No page came back"
                                                          : "Page without a title";
  const std::string title = facts.title.empty() ? untitled : facts.title;
  View view;
  view.set("number", number);
  SetText(view, "title", title);
  SetText(view, "url", Defang(record.url));
  view.set("chips", Chips(page));
  SetText(view, "gone", NoCapture(page));
  SetText(view, "rejected", NoCapture(page).empty() ? page.capture.rejected : "");
  SetText(view, "unread", UnreadReason(page));
  view.set("any_fields", !facts.fields.empty());
  view.set("fields", Fields(facts.fields));
  SetText(view, "extractor", facts.extractor);
  view.set("was_read", page.facts.has_value());
  SetReading(view, facts, record.url);
  view.set("has_response", record.response_size > 0 && page.capture.rejected.empty());
  const auto& redacted = record.redacted_response;
  view.set("response_size", Grouped(redacted ? redacted->size : record.response_size));
  view.set("redacted", redacted.has_value());
  SetText(view, "case", record.case_id.value);
  SetEvidence(view, page);
  return InLayout({.title = fmt::format("Capture {}: {}", number, title)},
                  Render(embedded::capture_template, view));
}

}  // namespace nightjar::web
