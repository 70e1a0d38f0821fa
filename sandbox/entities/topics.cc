// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/topics.h"

#include <span>

#include "sandbox/entities/letters.h"

namespace nightjar::entities {
namespace {

struct Word {
  std::string_view text;
  Topic topic;
};

// Sorted by first letter: kIndex has the few that may fit.
constexpr std::array kWords = {
    Word{"amex", Topic::kCard},         Word{"call", Topic::kPhone},        Word{"card", Topic::kCard},
    Word{"cc", Topic::kCard},           Word{"cell", Topic::kPhone},        Word{"cvv", Topic::kCard},
    Word{"discord", Topic::kDiscord},   Word{"email", Topic::kMail},        Word{"fingerprint", Topic::kPgp},
    Word{"fpr", Topic::kPgp},           Word{"gnupg", Topic::kPgp},         Word{"gpg", Topic::kPgp},
    Word{"icq", Topic::kIcq},           Word{"jabber", Topic::kXmpp},       Word{"jid", Topic::kXmpp},
    Word{"mail", Topic::kMail},         Word{"mastercard", Topic::kCard},   Word{"mobile", Topic::kPhone},
    Word{"openpgp", Topic::kPgp},       Word{"pgp", Topic::kPgp},           Word{"phone", Topic::kPhone},
    Word{"session", Topic::kSession},   Word{"signal", Topic::kSignal},     Word{"sms", Topic::kPhone},
    Word{"tel", Topic::kPhone},         Word{"telegram", Topic::kTelegram}, Word{"telephone", Topic::kPhone},
    Word{"tg", Topic::kTelegram},       Word{"threema", Topic::kThreema},   Word{"visa", Topic::kCard},
    Word{"whatsapp", Topic::kWhatsApp}, Word{"wickr", Topic::kWickr},       Word{"wickrme", Topic::kWickr},
    Word{"xmpp", Topic::kXmpp},
};

constexpr std::array kRussianWords = {
    Word{"телеграм", Topic::kTelegram},  Word{"Телеграм", Topic::kTelegram},
    Word{"телеграмм", Topic::kTelegram}, Word{"Телеграмм", Topic::kTelegram},
    Word{"тг", Topic::kTelegram},        Word{"ТГ", Topic::kTelegram},
    Word{"джаббер", Topic::kXmpp},       Word{"Джаббер", Topic::kXmpp},
    Word{"жаба", Topic::kXmpp},          Word{"Жаба", Topic::kXmpp},
    Word{"почта", Topic::kMail},         Word{"Почта", Topic::kMail},
    Word{"сигнал", Topic::kSignal},      Word{"Сигнал", Topic::kSignal},
    Word{"ватсап", Topic::kWhatsApp},    Word{"Ватсап", Topic::kWhatsApp},
    Word{"вотсап", Topic::kWhatsApp},    Word{"Вотсап", Topic::kWhatsApp},
    Word{"тел", Topic::kPhone},          Word{"Тел", Topic::kPhone},
    Word{"телефон", Topic::kPhone},      Word{"Телефон", Topic::kPhone},
    Word{"аська", Topic::kIcq},          Word{"Аська", Topic::kIcq},
};

constexpr std::size_t kLetters = 26;
constexpr std::size_t kLongest = 11;

struct Range {
  std::uint8_t first = 0, past = 0;
  std::uint16_t sizes = 0;  // bit n: one of them has n letters
};

consteval std::array<Range, kLetters> MakeIndex() {
  std::array<Range, kLetters> index{};
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    Range& range = index[static_cast<std::size_t>(kWords[i].text.front() - 'a')];
    if (range.past == 0) range.first = static_cast<std::uint8_t>(i);
    range.past = static_cast<std::uint8_t>(i + 1);
    range.sizes = static_cast<std::uint16_t>(range.sizes | 1U << kWords[i].text.size());
  }
  return index;
}
constexpr std::array<Range, kLetters> kIndex = MakeIndex();

}  // namespace

Topic TopicOf(std::string_view word) {
  if (word.empty()) return Topic::kNone;
  if (static_cast<std::uint8_t>(word.front()) >= 0x80) {
    for (const Word& known : kRussianWords)
      if (known.text == word) return known.topic;
    return Topic::kNone;
  }
  if (word.size() > kLongest || !IsAlpha(word.front())) return Topic::kNone;
  const Range& range = kIndex[static_cast<std::size_t>(LowerOf(word.front()) - 'a')];
  if ((range.sizes >> word.size() & 1) == 0) return Topic::kNone;
  for (const Word& known : std::span(kWords).subspan(range.first, range.past - range.first))
    if (EqualsNoCase(word, known.text)) return known.topic;
  return Topic::kNone;
}

}  // namespace nightjar::entities
