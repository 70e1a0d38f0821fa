// SPDX-License-Identifier: Apache-2.0
// An open wall as it is offered to a person: what the page asks, the form it asks with, and the pictures.
// Filled in by the crawl role, answered through session_store.h by the command line or the service.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxWallText = 4096;
inline constexpr std::size_t kMaxAnswers = 128;
inline constexpr std::size_t kMaxAnswer = 1024;

using WallId = Id<struct WallIdTag, std::uint64_t>;

// Stored: append only.
enum class WallState : std::uint8_t {
  kOpen,       // waits for a person
  kAnswered,   // waits for the crawl role to send the answer
  kSubmitted,  // the answer was sent; what came back is not read yet
  kClosed,     // over, one way or the other: `note` says which. Pictures and answers are gone.
};
[[nodiscard]] std::string_view WallStateName(WallState state);

struct WallPicture {
  std::string url;  // empty: the page carried it
  Bytes bytes;      // empty until it was fetched
  Digest sha256;    // of `bytes`; stays when they go
  friend bool operator==(const WallPicture&, const WallPicture&) = default;
};

struct Wall {
  WallId id;
  std::string persona;
  JobId job;
  std::string host;
  std::string url;         // of the page that holds the form
  std::string page_class;  // "captcha", "login", ...
  CaptureNumber capture;   // the page as evidence
  UtcTime opened;
  UtcTime changed;
  std::string title;
  std::string text;  // what a person would see, at most kMaxWallText bytes
  wire::Form form;   // an empty action: the page has none; only cookies from elsewhere can help
  std::vector<WallPicture> pictures;
  WallState state = WallState::kOpen;
  std::vector<std::pair<std::string, std::string>> answers;  // field, value
  std::string note;
  friend bool operator==(const Wall&, const Wall&) = default;
};

// Which of the page's forms the wall asks with: one with a password, else the one with most visible text
// inputs, a search form last. Nothing where no form can be filled in.
[[nodiscard]] const wire::Form* FormToFill(const std::vector<wire::Form>& forms);

// Inputs a person must fill in (text-like and passwords), in order.
[[nodiscard]] std::vector<std::string> FieldsToFill(const wire::Form& form);

// The form as it is sent: its inputs with their values, `set` over them, no buttons but the first submit,
// application/x-www-form-urlencoded by the rules of the URL Standard, section 5.2.
[[nodiscard]] std::string FillIn(const wire::Form& form,
                                 const std::vector<std::pair<std::string, std::string>>& set);

// A row: base/codec.h, format byte 1. To be sealed.
[[nodiscard]] Bytes Encode(const Wall& wall);
[[nodiscard]] Result<Wall> DecodeWall(ByteView row);  // kCorrupt

}  // namespace nightjar::sessions
