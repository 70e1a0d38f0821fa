// SPDX-License-Identifier: Apache-2.0
#include "indexer/forget.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "archive/captures/archive.h"
#include "archive/facts/facts_store.h"
#include "archive/places/places.h"
#include "archive/store/compact.h"
#include "base/log.h"
#include "indexer/compact.h"
#include "indexer/hunt/hunt_store.h"
#include "indexer/index_writer.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::indexer {
namespace {

using config::Settings;

constexpr std::size_t kFactsAtOnce = 10'000;  // in one transaction

// All that was ever erased or restricted. Few ranges each: an erasure names runs of captures.
class Gone final {
 public:
  explicit Gone(std::vector<std::pair<CaptureNumber, evidence::Erasure>> erasures)
      : erasures_(std::move(erasures)) {}
  [[nodiscard]] bool operator()(CaptureNumber number) const {
    return std::ranges::any_of(erasures_, [&](const auto& entry) {
      return entry.second.erased.Contains(number.value) || entry.second.restricted.Contains(number.value);
    });
  }
  [[nodiscard]] std::vector<CaptureNumber> Numbers() const {
    std::vector<CaptureNumber> numbers;
    for (const auto& [leaf, erasure] : erasures_)
      for (const auto* ranges : {&erasure.erased, &erasure.restricted})
        for (const evidence::NumberRange& range : ranges->ranges())
          for (std::uint64_t n = range.first; n <= range.last; ++n) numbers.push_back({n});
    return numbers;
  }
  [[nodiscard]] std::uint64_t erasures() const { return erasures_.size(); }

 private:
  std::vector<std::pair<CaptureNumber, evidence::Erasure>> erasures_;
};

Result<std::optional<std::uint64_t>> ForgottenIn(const std::string& index_folder) {
  if (!std::filesystem::exists(index_folder)) return std::nullopt;
  ASSIGN_OR_RETURN(const auto writer, IndexWriter::Open(index_folder));
  return writer->forgotten();
}

Result<std::uint64_t> ForgetFacts(const Settings& settings, const Gone& gone) {
  if (!std::filesystem::exists(settings.FactsFolder() + "/data.mdb")) return 0;
  std::uint64_t erased = 0;
  {
    ASSIGN_OR_RETURN(const auto facts,
                     facts::FactsStore::Open(settings.FactsFolder(), facts::FactsStore::Mode::kWrite));
    const auto numbers = gone.Numbers();
    for (std::span<const CaptureNumber> rest(numbers); !rest.empty();) {
      const auto some = rest.first(std::min(rest.size(), kFactsAtOnce));
      ASSIGN_OR_RETURN(const std::uint64_t more, facts->Erase(some));
      erased += more;
      rest = rest.subspan(some.size());
    }
  }
  RETURN_IF_ERROR(store::Compact(settings.FactsFolder()));
  return erased;
}

// Alerts and what hunts found quote pages.
template <typename Store>
Status ForgetQuotes(const std::string& folder, const Gone& gone) {
  if (!std::filesystem::exists(folder + "/data.mdb")) return {};
  {
    ASSIGN_OR_RETURN(const auto store, Store::Open(folder, Store::Mode::kWrite));
    RETURN_IF_ERROR(store->Forget(gone));
  }
  return store::Compact(folder);
}

Result<std::uint64_t> ForgetDocuments(const std::string& folder, const captures::Reader& archive,
                                      const Gone& gone) {
  ASSIGN_OR_RETURN(const auto writer, IndexWriter::Open(folder));
  const auto ended = [&](CaptureNumber number) -> Result<UtcTime> {
    ASSIGN_OR_RETURN(const auto row, archive.GetRow(number));
    return row.record.ended;
  };
  ASSIGN_OR_RETURN(const std::uint64_t documents, writer->Forget(gone, ended));
  RETURN_IF_ERROR(writer->Commit(writer->cursor()));
  return documents;
}

}  // namespace

Result<Forgotten> ForgetErased(const Settings& settings) {
  const auto archive = captures::Reader::Open(places::ArchiveOf(settings));
  if (!archive && archive.error().code == Code::kNotFound) return Forgotten{};
  if (!archive) return tl::unexpected<Error>(archive.error());
  ASSIGN_OR_RETURN(auto erasures, (*archive)->Erasures());
  const Gone gone(std::move(erasures));
  const std::string index = settings.IndexFolder();
  ASSIGN_OR_RETURN(const auto known, ForgottenIn(index));
  if (gone.erasures() == known.value_or(0)) return Forgotten{};
  Forgotten done;
  ASSIGN_OR_RETURN(done.facts, ForgetFacts(settings, gone));
  RETURN_IF_ERROR(ForgetQuotes<watch::WatchStore>(settings.WatchFolder(), gone));
  RETURN_IF_ERROR(ForgetQuotes<hunt::HuntStore>(settings.HuntFolder(), gone));
  if (known) {
    ASSIGN_OR_RETURN(done.documents, ForgetDocuments(index, **archive, gone));
    // Which items an erasure takes is known only by telling them all again, from the facts that are left, and
    // that the role does when it finds none.
    RETURN_IF_ERROR(CompactFolder(index, Items::kLeftBehind));
  }
  // Said last, so that a crash before this repeats everything.
  ASSIGN_OR_RETURN(const auto writer, IndexWriter::Open(index));
  writer->SetForgotten(gone.erasures());
  RETURN_IF_ERROR(writer->Commit(writer->cursor()));
  log::info("forgot what was erased: {} facts, {} documents", done.facts, done.documents);
  return done;
}

}  // namespace nightjar::indexer
