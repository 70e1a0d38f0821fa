// SPDX-License-Identifier: Apache-2.0
#include "base/url_host.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "base/url_address.h"
#include "base/url_bytes.h"

namespace nightjar::url {
namespace {

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

// The domain in lower-case ASCII without percent signs, not yet checked for forbidden bytes.
Result<std::string> NormaliseDomain(std::string_view text) {
  std::string domain = PercentDecode(text);
  if (!IsAscii(domain)) return DomainToAscii(domain);
  std::ranges::transform(domain, domain.begin(), ToLower);
  return domain;
}

}  // namespace

Result<std::string> DomainToAscii(const std::string& utf8) {
  // libidn2 reads up to the first NUL, and anything behind it would go unseen.
  if (utf8.find('\0') != std::string::npos) return Fail(Code::kInvalidInput, "the host holds a NUL");
  // Longer than any name DNS can carry, however it is encoded; libidn2 would read it all before it says so.
  constexpr std::size_t kMaxBytes = 1024;
  if (utf8.size() > kMaxBytes)
    return Fail(Code::kInvalidInput, "the host is too long for an international name");
  char* raw = nullptr;
  const int verdict =
      idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(utf8.c_str()),
                     reinterpret_cast<std::uint8_t**>(&raw), IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, decltype(&idn2_free)> ascii(raw, &idn2_free);
  if (verdict != IDN2_OK) {
    return Fail(Code::kInvalidInput,
                std::string("the host is not an international name: ") + idn2_strerror(verdict));
  }
  return std::string(ascii.get());
}

Result<std::string> ParseHost(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return Fail(Code::kInvalidInput, "the host has '[' without ']'");
    return ParseIpv6(text.substr(1, text.size() - 2));
  }
  std::string domain;
  if (FindFirst(text, kNotPlainInHost) == text.size()) {
    domain = text;
  } else {
    ASSIGN_OR_RETURN(domain, NormaliseDomain(text));
    if (FindFirst(domain, kForbiddenInDomain) != domain.size()) {
      return Fail(Code::kInvalidInput, "the host holds a character no host may have");
    }
  }
  if (domain.empty()) return Fail(Code::kInvalidInput, "the host is empty");
  if (EndsInNumber(domain)) return ParseIpv4(domain);
  return domain;
}

}  // namespace nightjar::url
