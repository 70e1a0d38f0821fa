// SPDX-License-Identifier: Apache-2.0
// From an observation to a Xapian document: the other half of indexer/query/schema.h.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "indexer/observation.h"
#include "indexer/query/stored_version.h"

namespace nightjar::indexer {

// Identity of a page version, 16 raw bytes: the case, the page and what it says (class, title, text, field
// values). Places and confidences are left out: markup that moves does not make a new version. Nor do the
// lines that the site repeats: a counter in a menu is not the page's.
[[nodiscard]] std::string VersionIdOf(const Observation& observation);

// Identity of a page through time, 16 raw bytes: the case and where it stands; the same on all mirrors of a
// site that has a name, else the URL's.
[[nodiscard]] std::string PageIdOf(const Observation& observation);

[[nodiscard]] query::StoredVersion CardOf(const Observation& observation, const std::string& version_id);

// What else captures of the same version may bring: their job, and on mirrors their host, as terms.
[[nodiscard]] std::vector<std::string> LabelsOf(const Observation& observation);

// The whole document of a version seen for the first time; lines that the site repeats give it no words.
// `splitter` adds title words to its database's spelling dictionary if it has one set. Throws Xapian::Error.
[[nodiscard]] Xapian::Document MakeDocument(const Observation& observation, const std::string& version_id,
                                            Xapian::TermGenerator& splitter);

// Takes back what MakeDocument() added to the spelling dictionary for this title. Throws Xapian::Error.
void ForgetSpelling(Xapian::WritableDatabase& database, const std::string& title);

}  // namespace nightjar::indexer
