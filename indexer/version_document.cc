// SPDX-License-Identifier: Apache-2.0
#include "indexer/version_document.h"

#include "base/codec.h"
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

void SetTimes(Xapian::Document& document, const query::StoredVersion& version) {
  const auto seconds = [](UtcTime time) {
    return Xapian::sortable_serialise(static_cast<double>(UnixSeconds(time)));
  };
  document.add_value(query::kFirstSeenSlot, seconds(version.first_seen));
  document.add_value(query::kLastSeenSlot, seconds(version.last_seen));
}

}  // namespace

std::string VersionIdTerm(const Observation& observation) {
  const wire::Facts& facts = observation.facts;
  Encoder content;
  content.Str(observation.record.case_id.value).Str(observation.record.url);
  content.Str(wire::PageClassName(facts.page_class)).Str(wire::PageKindName(facts.page_kind));
  content.Str(wire::VerdictName(facts.verdict)).Str(facts.title).Str(MainText(observation));
  for (const wire::Field& field : facts.fields) content.Str(field.name).Str(field.value).Str(field.unit);
  return std::string(query::kVersionIdPrefix) + Sha256(content.bytes()).Hex();
}

query::StoredVersion FirstSight(const Observation& observation) {
  query::StoredVersion version;
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
  version.Observe(observation.number, observation.record.ended);
  return version;
}

Xapian::Document MakeDocument(const Observation& observation, Xapian::TermGenerator& splitter) {
  const wire::Facts& facts = observation.facts;
  const query::StoredVersion version = FirstSight(observation);
  Xapian::Document document;
  splitter.set_document(document);
  splitter.set_termpos(0);
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
  splitter.set_flags(Xapian::TermGenerator::FLAG_SPELLING);
  splitter.index_text(facts.title, kTitleWeight);
  splitter.set_flags(Xapian::TermGenerator::flags(0));
  for (const std::string_view run : MainRuns(observation)) {
    splitter.increase_termpos(kGapBetweenParts);
    splitter.index_text(std::string(run));
  }
  splitter.index_text(facts.title, 1, std::string(Field("title").prefix));
  AddFactTerms(document, splitter, observation);
  document.add_boolean_term(VersionIdTerm(observation));
  document.add_value(query::kFirstCaptureSlot,
                     Xapian::sortable_serialise(static_cast<double>(observation.number.value)));
  UpdateDocument(document, version, observation.record.job);
  return document;
}

void UpdateDocument(Xapian::Document& document, const query::StoredVersion& version, const JobId& job) {
  // A term that is there already must not be touched: Xapian would rewrite all postings of the document.
  const std::string job_term = query::ExactTerm(Field("job"), job.value);
  auto known = document.termlist_begin();
  known.skip_to(job_term);
  if (known == document.termlist_end() || *known != job_term) document.add_boolean_term(job_term);
  SetVersion(document, version);
}

void SetVersion(Xapian::Document& document, const query::StoredVersion& version) {
  SetTimes(document, version);
  document.set_data(Encode(version));
}

void ForgetSpelling(Xapian::WritableDatabase& database, const std::string& title) {
  for (const query::Word& word : query::SplitWords(title))
    if (!word.term.empty()) database.remove_spelling(word.term);
}

}  // namespace nightjar::indexer
