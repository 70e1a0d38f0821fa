// SPDX-License-Identifier: Apache-2.0
#include "indexer/version_document.h"

#include "base/codec.h"
#include "base/url.h"
#include "indexer/fact_terms.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"

namespace nightjar::indexer {
namespace {

using query::Field;

constexpr Xapian::termcount kTitleWeight = 3;  // a word of the title counts as three of the text

// What the page says itself: runs of its text between the lines that the site repeats.
std::vector<std::string_view> MainRuns(const Observation& observation) {
  const std::string_view text = observation.facts.text;
  std::vector<std::string_view> runs;
  std::size_t at = 0;
  for (const wire::Span& range : observation.repeated) {
    if (range.begin > at) runs.push_back(text.substr(at, range.begin - at));
    at = range.end;
  }
  if (at < text.size()) runs.push_back(text.substr(at));
  return runs;
}

// Without empty lines: whether there was a menu between two lines is not to be seen.
std::string MainText(const Observation& observation) {
  std::string main;
  for (const std::string_view run : MainRuns(observation)) {
    main.push_back('\n');
    for (const char c : run)
      if (c != '\n' || main.back() != '\n') main.push_back(c);
    if (main.back() == '\n') main.pop_back();
  }
  return main;
}

// The first half of the digest.
std::string Head(const Encoder& content) { return std::string(Sha256(content.bytes()).View().substr(0, 16)); }

}  // namespace

std::string PageIdOf(const Observation& observation) {
  Encoder page;
  page.Str(observation.record.case_id.value).Str(observation.site);
  std::string place = observation.record.url;
  if (!observation.site.empty())
    if (const auto url = Url::Parse(place)) place = url->PathAndQuery();
  page.Str(place);
  return Head(page);
}

std::string VersionIdOf(const Observation& observation) {
  const wire::Facts& facts = observation.facts;
  Encoder content;
  content.Str(PageIdOf(observation));
  content.Str(wire::PageClassName(facts.page_class)).Str(wire::PageKindName(facts.page_kind));
  content.Str(wire::VerdictName(facts.verdict)).Str(facts.title).Str(MainText(observation));
  for (const wire::Field& field : facts.fields) content.Str(field.name).Str(field.value).Str(field.unit);
  return Head(content);
}

query::StoredVersion CardOf(const Observation& observation, const std::string& version_id) {
  query::StoredVersion version;
  version.id = version_id;
  version.url = observation.record.url;
  version.host = HostOf(version.url);
  version.case_id = observation.record.case_id.value;
  version.title = observation.facts.title;
  version.kind = wire::PageKindName(observation.facts.page_kind);
  version.page_class = wire::PageClassName(observation.facts.page_class);
  for (const wire::Field& field : observation.facts.fields) {
    if (version.fields.size() == query::kMaxStoredFields) break;
    if (field.value.size() <= query::kMaxStoredValue) version.fields.push_back(field);
  }
  return version;
}

Xapian::Document MakeDocument(const Observation& observation, const std::string& version_id,
                              Xapian::TermGenerator& splitter) {
  const wire::Facts& facts = observation.facts;
  Xapian::Document document;
  splitter.set_document(document);
  splitter.set_termpos(0);
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
  splitter.set_flags(Xapian::TermGenerator::FLAG_SPELLING | query::kSplitterFlags);
  splitter.index_text(facts.title, kTitleWeight);
  splitter.set_flags(query::kSplitterFlags);
  for (const std::string_view run : MainRuns(observation)) {
    splitter.increase_termpos(kGapBetweenParts);
    splitter.index_text(std::string(run));
  }
  splitter.index_text(facts.title, 1, std::string(Field("title").prefix));
  AddFactTerms(document, splitter, observation);
  for (const std::string& label : LabelsOf(observation)) document.add_boolean_term(label);
  document.set_data(Encode(CardOf(observation, version_id)));
  return document;
}

std::vector<std::string> LabelsOf(const Observation& observation) {
  const std::string host = HostOf(observation.record.url);
  std::vector<std::string> labels{query::ExactTerm(Field("job"), observation.record.job.value)};
  if (host.empty()) return labels;
  labels.push_back(query::ExactTerm(Field("host"), host));
  labels.push_back(query::ExactTerm(Field("site"), query::SiteOf(host)));
  return labels;
}

void ForgetSpelling(Xapian::WritableDatabase& database, const std::string& title) {
  for (const query::Word& word : query::SplitWords(title))
    if (!word.term.empty()) database.remove_spelling(word.term);
}

}  // namespace nightjar::indexer
