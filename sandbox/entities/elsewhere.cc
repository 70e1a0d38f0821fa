// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/elsewhere.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "sandbox/entities/counters.h"
#include "sandbox/entities/kinds.h"
#include "sandbox/entities/letters.h"

namespace nightjar::entities {
namespace {

constexpr int kSure = 95;      // of checked kinds: below, one case only (eth), or a form without checksum
constexpr int kLinkSure = 90;  // of what only a messenger's own link says

bool IsOne(const Found& found, std::initializer_list<std::string_view> kinds) {
  return std::ranges::find(kinds, found.kind) != kinds.end();
}

// The checksum holds, and is too strong to hold by chance.
bool IsProven(const Found& found) {
  if (found.kind.starts_with("pgp_") || IsOne(found, {"payment_card", "iban"})) return false;
  if (found.kind == "eth") return found.confidence >= kSure;
  const auto kinds = Kinds();
  const auto kind = std::ranges::find(kinds, found.kind, &Kind::name);
  return kind != kinds.end() && kind->checked;
}

// An account that its messenger's own link names.
bool IsLinked(const Found& found) {
  return found.confidence >= kLinkSure && IsOne(found, {"telegram", "whatsapp", "signal", "discord"});
}

// What a scheme says of what stands behind it.
struct Scheme {
  std::string_view head;       // with its ":"
  std::string_view read_as{};  // instead of the head: the link that means the same
  std::string_view kind{};     // counts beside the proven ones
};
constexpr std::array kSchemes = {
    Scheme{"mailto:", "", "email"},
    Scheme{"xmpp:", "xmpp: ", "xmpp"},
    Scheme{"tel:", "", "phone"},
    Scheme{"sms:", "", "phone"},
    Scheme{"ethereum:", "", "eth"},
    Scheme{"tg://resolve?domain=", "t.me/", ""},
    Scheme{"tg:resolve?domain=", "t.me/", ""},
    Scheme{"tg://join?invite=", "t.me/+", ""},
    Scheme{"tg:join?invite=", "t.me/+", ""},
    Scheme{"whatsapp://send?phone=", "wa.me/", ""},
    Scheme{"whatsapp://send/?phone=", "wa.me/", ""},
    Scheme{"https://matrix.to/#/", " ", "matrix"},
};

// "%40" as "@"; what would be no printable ASCII stays as it is.
std::string Unescaped(std::string_view target) {
  std::string plain;
  for (std::size_t i = 0; i < target.size(); ++i) {
    plain.push_back(target[i]);
    if (target[i] != '%') continue;
    const auto byte = HexDecode(Lower(target.substr(i + 1, 2)));
    if (!byte || byte->size() != 1 || byte->front() < ' ' || byte->front() > '~') continue;
    plain.back() = byte->front();
    i += 2;
  }
  return plain;
}

// A host that only serves visitor counters: what it is asked for names an account.
bool AsksACounter(std::string_view target) {
  constexpr std::array<std::string_view, 4> kHosts = {"//www.googletagmanager.com/",
                                                      "//googletagmanager.com/",
                                                      "//www.google-analytics.com/", "//mc.yandex.ru/"};
  const std::string_view beginning = target.substr(0, 64);
  return std::ranges::any_of(kHosts, [&](std::string_view host) {
    const std::size_t at = beginning.find("//");
    return at != std::string_view::npos && StartsNoCase(beginning.substr(at), host);
  });
}

}  // namespace

std::vector<Found> FindInTarget(std::string_view target) {
  target = Utf8Prefix(target, kLongestTarget);
  std::string text = Unescaped(target);
  const auto scheme =
      std::ranges::find_if(kSchemes, [&](const Scheme& s) { return StartsNoCase(text, s.head); });
  const bool known = scheme != kSchemes.end();
  if (known) text.replace(0, scheme->head.size(), scheme->read_as);
  // No kind: nothing beside what counts everywhere.
  const std::string_view kind = known ? scheme->kind : std::string_view();
  const bool counter = AsksACounter(text);
  std::vector<Found> all = FindEntities(text);
  if (counter) AddCounterImages(text, all);
  std::erase_if(all, [&](const Found& found) {
    const bool mail = kind == "email" && found.kind == "xmpp";  // some hosts serve nothing else
    const bool says_itself = found.kind == kind || mail || (counter && found.kind == "analytics_id");
    return !says_itself && !IsProven(found) && !IsLinked(found);
  });
  for (Found& found : all) {
    found.begin = 0;
    found.end = static_cast<std::uint32_t>(target.size());
  }
  return all;
}

std::vector<Found> FindInValue(std::string_view value) {
  std::vector<Found> all = FindEntities(Utf8Prefix(value, kLongestValue));
  std::erase_if(all, [](const Found& found) { return !IsProven(found) && !IsOne(found, {"email", "xmpp"}); });
  return all;
}

std::vector<Found> FindInScript(std::string_view script) {
  std::vector<Found> all = FindEntities(script);
  std::erase_if(all, [](const Found& found) { return !IsProven(found) && found.kind != "analytics_id"; });
  AddCounterImages(script, all);
  AddMatomo(script, all);
  return all;
}

}  // namespace nightjar::entities
