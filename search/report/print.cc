// SPDX-License-Identifier: Apache-2.0
#include "search/report/print.h"

#include "search/report/qr.h"
#include "search/report/sheet.h"

namespace nightjar::report {
namespace {

constexpr double kCodeSide = 118;

void Cover(Sheet& sheet, const Content& content) {
  sheet.Text("EVIDENCE REPORT", Style::kSoft);
  sheet.Text(content.title, Style::kTitle);
  sheet.Code(MakeQr(content.key_qr), kCodeSide);
  sheet.Rows(content.cover, Style::kBody, kCodeSide + 12);
  sheet.Gap(10);
  sheet.Text("The code is the key of the log. Compare it with the one you were given on paper.",
             Style::kSoft);
  sheet.Gap(10);
  for (const std::string& sentence : content.introduction) {
    sheet.Gap(4);
    sheet.Text(sentence, Style::kBody);
  }
  if (!content.left_out.empty()) sheet.Text(content.left_out, Style::kNote);
  sheet.NewPage();
}

void Limits(Sheet& sheet, const Content& content) {
  const auto list = [&](const char* heading, const char* mark, const std::vector<std::string>& sentences) {
    sheet.Gap(8);
    sheet.Text(heading, Style::kSubheading);
    for (const std::string& sentence : sentences) sheet.Item(mark, sentence);
  };
  sheet.Text("What was checked, what was not, what this does not prove", Style::kHeading);
  list("What was checked", "✓", content.checked);
  list("What was not checked", "?", content.not_checked);
  list("What this does not prove", "✕", content.not_proved);
  list("How to check it yourself", "›", content.how_to_check);
}

void Custody(Sheet& sheet, const Content& content) {
  sheet.NewPage();
  sheet.Text("Chain of custody", Style::kHeading);
  sheet.Text(
      "Who did what with these exhibits, as far as the system records it (custody.jsonl). Lines about "
      "captures follow "
      "from the signed records; those about earlier exports are the word of whoever made this bundle.",
      Style::kSoft);
  for (const CustodyLine& line : content.custody) {
    sheet.Gap(8);
    sheet.Text(line.when, Style::kSubheading);
    sheet.Rows({{"What", line.what}, {"By", line.who}, {"Why", line.why}}, Style::kBody);
  }
}

void OnPaper(Sheet& sheet, const Exhibit& exhibit) {
  sheet.NewPage();
  sheet.Text("EXHIBIT " + std::to_string(exhibit.number), Style::kSoft);
  sheet.Text(exhibit.title, Style::kHeading);
  sheet.Text(exhibit.url, Style::kMono);
  for (const std::string& note : exhibit.notes) sheet.Text(note, Style::kNote);
  sheet.Gap(4);
  sheet.Code(MakeQr(exhibit.qr), kCodeSide);
  sheet.Rows(exhibit.facts, Style::kBody, kCodeSide + 12);
  sheet.Gap(8);
  sheet.Text("SHA-256", Style::kSubheading);
  sheet.Rows(exhibit.digests, Style::kMono);
  if (!exhibit.fields.empty()) {
    sheet.Gap(8);
    sheet.Text("Fields (derived by the parser)", Style::kSubheading);
    sheet.Rows(exhibit.fields, Style::kBody);
  }
  if (exhibit.text.empty()) return;
  sheet.Gap(8);
  sheet.Text("Text (derived by the parser)", Style::kSubheading);
  sheet.Text(exhibit.text, Style::kMono);
  if (exhibit.text_is_cut) sheet.Text("The text goes on; the whole of it is in the bytes.", Style::kSoft);
}

}  // namespace

Result<Bytes> Print(const Content& content) {
  Sheet sheet(content.title, content.created, content.title);
  Cover(sheet, content);
  Limits(sheet, content);
  Custody(sheet, content);
  for (const Exhibit& exhibit : content.exhibits) OnPaper(sheet, exhibit);
  return sheet.Finish();
}

}  // namespace nightjar::report
