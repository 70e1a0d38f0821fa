// SPDX-License-Identifier: Apache-2.0
// From an observation to a Xapian document: the other half of indexer/query/schema.h.
#pragma once

#include <xapian.h>

#include <string>

#include "indexer/observation.h"
#include "indexer/query/stored_version.h"

namespace nightjar::indexer {

// Identity of a page version, as its unique term: the case, the URL and what the page says (class, title,
// text, field values). Places and confidences are left out: markup that moves does not make a new version.
// Nor do the lines that the site repeats: a counter in a menu is not the page's.
[[nodiscard]] std::string VersionIdTerm(const Observation& observation);

[[nodiscard]] query::StoredVersion FirstSight(const Observation& observation);

// The whole document of a version seen for the first time; lines that the site repeats give it no words.
// `splitter` adds title words to its database's spelling dictionary if it has one set. Throws Xapian::Error.
[[nodiscard]] Xapian::Document MakeDocument(const Observation& observation, Xapian::TermGenerator& splitter);

// Takes back what MakeDocument() added to the spelling dictionary for this title. Throws Xapian::Error.
void ForgetSpelling(Xapian::WritableDatabase& database, const std::string& title);

// Writes data and time slots anew; no term changes.
void SetVersion(Xapian::Document& document, const query::StoredVersion& version);

// Writes data, time slots and job term anew after the version was seen again; no text is indexed.
void UpdateDocument(Xapian::Document& document, const query::StoredVersion& version, const JobId& job);

}  // namespace nightjar::indexer
