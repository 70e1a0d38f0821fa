// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/hidden_hosts.h"

#include <vector>

#include "indexer/query/schema.h"

namespace nightjar::query {
namespace {

constexpr std::chrono::seconds kMadeFor(10);

}  // namespace

// Sites as well as hosts: a name too long for a term is not spelled out in the index, its service is.
Result<Xapian::Query> HiddenHosts::MakeCondition(const Xapian::Database& database) const {
  std::vector<Xapian::Query> hidden;
  for (const char* field : {"host", "site"}) {
    const std::string prefix(Field(field).prefix);
    for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
      const std::string text = *term;
      ASSIGN_OR_RETURN(const bool hide, rule_(text.substr(prefix.size())));
      if (hide) hidden.emplace_back(text);
    }
  }
  return Xapian::Query(Xapian::Query::OP_OR, hidden.begin(), hidden.end());
}

Result<Xapian::Query> HiddenHosts::LeaveOut(const View& view, const Xapian::Query& query) {
  if (!rule_) return query;
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  const std::uint64_t cursor = view.columns->cursor();
  if (!condition_ || cursor != cursor_ || now - made_ > kMadeFor) {
    ASSIGN_OR_RETURN(condition_, MakeCondition(view.database));
    cursor_ = cursor;
    made_ = now;
  }
  if (condition_->empty()) return query;
  return Xapian::Query(Xapian::Query::OP_AND_NOT, query, *condition_);
}

}  // namespace nightjar::query
