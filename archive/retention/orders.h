// SPDX-License-Identifier: Apache-2.0
// Orders to erase. One person orders, another approves: four eyes. An order says what it means by rule (case,
// host, time), not by number, and is carried out on what it means when it is approved; what it did is then in
// the log (evidence/erasure.h).
//
//   open ──approve──> approved ──archive erased──> logged ──all stores clean──> cleaned ──> done
//     └──withdraw──> withdrawn
//
// Which hosts are left empty is known only before the archive is erased, so it is kept with the order until
// the other stores are clean; then it goes from here too, and the control store is compacted.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::retention {

using OrderNumber = Id<struct OrderTag, std::uint64_t>;

enum class OrderState : std::uint8_t { kOpen, kWithdrawn, kApproved, kLogged, kCleaned, kDone };
inline constexpr std::string_view kErasedHost = "(erased)";  // in the place of a host's name
[[nodiscard]] std::string_view OrderStateName(OrderState state);

// What is meant: captures of a case, of one host or all, that the archive took before a time; or those of
// them whose class says that they are due at that time.
struct Selection {
  CaseId case_id;
  std::string host;  // as SiteHost::name(); empty: all
  UtcTime before;
  bool only_due = false;
};

struct Order {
  OrderNumber number;
  Selection selection;
  std::string rule;  // the law or the retention class by which it must go
  std::string ordered_by;
  UtcTime ordered;
  OrderState state = OrderState::kOpen;
  std::string ended_by;  // who approved or withdrew it
  UtcTime ended;
  std::optional<CaptureNumber> leaf;  // the erasure, once it is in the log
  std::vector<std::string> hosts;     // left empty; none before approval and after cleaning
};

// Table "erasures" of the control store (archive/FORMAT.md). Thread-safe; several processes may write.
class OrderStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<OrderStore>> Open(const std::string& control_folder);
  ~OrderStore();

  // All durable. kInvalidInput names the field.
  [[nodiscard]] Result<OrderNumber> Add(const Selection& selection, const std::string& rule,
                                        const std::string& by, UtcTime now);
  // kRefused: the one who ordered cannot approve; kAlreadyExists: it is not open. An approved order that was
  // not carried out to its end is given back as it stands, to be gone on with.
  [[nodiscard]] Result<Order> Approve(OrderNumber number, const std::string& by, UtcTime now);
  [[nodiscard]] Status Withdraw(OrderNumber number, const std::string& by, UtcTime now);
  [[nodiscard]] Status SetHosts(OrderNumber number, std::vector<std::string> hosts);
  [[nodiscard]] Status SetLogged(OrderNumber number, CaptureNumber leaf);
  [[nodiscard]] Status SetCleaned(OrderNumber number);  // forgets `hosts`, and the host it was ordered for
  [[nodiscard]] Status SetDone(OrderNumber number);
  [[nodiscard]] Result<Order> Get(OrderNumber number) const;  // kNotFound
  [[nodiscard]] Result<std::vector<Order>> All() const;       // oldest first

 private:
  struct State;
  explicit OrderStore(std::unique_ptr<State> state);
  [[nodiscard]] Result<Order> Change(OrderNumber number, const std::function<Status(Order&)>& change);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::retention
