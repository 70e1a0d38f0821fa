// SPDX-License-Identifier: Apache-2.0
// Words that say what stands beside them: "telegram", "tg", "wickr", "tel". Remembered by the place where
// each topic was last named, so that asking costs nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace nightjar::entities {

enum class Topic : std::uint8_t {
  kNone,
  kMail,
  kXmpp,
  kTelegram,
  kWickr,
  kThreema,
  kIcq,
  kSignal,
  kWhatsApp,
  kSession,
  kDiscord,
  kPhone,
  kPgp,
  kCard,
};
inline constexpr std::size_t kTopics = 14;

// Of a run of ASCII letters, any case, or of a run of bytes over 0x7F (Russian words).
[[nodiscard]] Topic TopicOf(std::string_view word);

class Topics final {
 public:
  void See(Topic topic, std::size_t end) {
    last_[static_cast<std::size_t>(topic)] = end + 1;
    if (topic == Topic::kCard || topic == Topic::kPgp) return;  // not ways to reach somebody
    latest_ = topic;
  }
  // Was it named at most `window` bytes before `at`?
  [[nodiscard]] bool Near(Topic topic, std::size_t at, std::size_t window) const {
    const std::size_t end = last_[static_cast<std::size_t>(topic)];
    return end != 0 && end + window > at;
  }
  // The same, and no other way to reach somebody was named since.
  [[nodiscard]] bool Latest(Topic topic, std::size_t at, std::size_t window) const {
    return latest_ == topic && Near(topic, at, window);
  }

 private:
  std::array<std::size_t, kTopics> last_{};  // end of the word, plus one; 0: never
  Topic latest_ = Topic::kNone;
};

}  // namespace nightjar::entities
