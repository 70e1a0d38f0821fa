// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/recheck.h"

#include <algorithm>

#include "base/url.h"

namespace nightjar::pool {
namespace {

bool IsNormalUrl(const std::string& untrusted_url) {
  const auto url = Url::Parse(untrusted_url);
  return url && url->WithoutFragment() == untrusted_url;
}

// These three are the pool's own findings; a worker that gives one itself lies.
bool IsForWorkers(wire::Verdict verdict) {
  return verdict != wire::Verdict::kTimedOut && verdict != wire::Verdict::kCrashed &&
         verdict != wire::Verdict::kRefusedAnswer && verdict != wire::Verdict::kQuarantined;
}

bool IsHex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsDecimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 10 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Names and kinds become terms of the index.
bool IsSnakeCase(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Status RecheckUrls(const wire::Facts& facts) {
  if (!std::ranges::all_of(facts.links, [](const wire::Link& link) { return IsNormalUrl(link.url); }))
    return Fail(Code::kRefused, "a link that is not a normalised http(s) URL");
  const bool actions_sound = std::ranges::all_of(facts.forms, [](const wire::Form& form) {
    return (form.action.empty() || IsNormalUrl(form.action)) &&
           (form.method == "get" || form.method == "post");
  });
  if (!actions_sound) return Fail(Code::kRefused, "a form that sends to something that is no URL");
  const bool pictures_sound = std::ranges::all_of(facts.wall_pictures, [](const wire::Picture& picture) {
    return picture.url.empty() ? !picture.bytes.empty() : IsNormalUrl(picture.url);
  });
  if (!pictures_sound) return Fail(Code::kRefused, "a picture that lies nowhere");
  const bool images_sound = std::ranges::all_of(
      facts.images, [](const wire::Image& image) { return image.url.empty() || IsNormalUrl(image.url); });
  if (!images_sound) return Fail(Code::kRefused, "an image at something that is no URL");
  return {};
}

Status RecheckSpans(const wire::Facts& facts) {
  const auto inside = [&](const auto& found) { return found.span.end <= facts.decoded_size; };
  const bool spans_inside = std::ranges::all_of(facts.fields, inside) &&
                            std::ranges::all_of(facts.entities, inside) &&
                            std::ranges::all_of(facts.items, [&](const wire::Item& item) {
                              return inside(item) && std::ranges::all_of(item.fields, inside);
                            });
  if (!spans_inside) return Fail(Code::kRefused, "a span outside the document");
  std::uint32_t end = 0;
  for (const wire::Span& span : facts.furniture) {
    if (span.end > facts.text.size()) return Fail(Code::kRefused, "furniture outside the text");
    if (span.begin < end) return Fail(Code::kRefused, "furniture out of order");
    end = span.end;
  }
  return {};
}

Status RecheckNames(const wire::Facts& facts) {
  const auto named = [](const wire::Field& field) { return IsSnakeCase(field.name); };
  const bool sound =
      std::ranges::all_of(facts.fields, named) &&
      std::ranges::all_of(facts.items,
                          [&](const wire::Item& item) {
                            return IsSnakeCase(item.kind) && std::ranges::all_of(item.fields, named);
                          }) &&
      std::ranges::all_of(facts.entities, [](const wire::Entity& entity) {
        return IsSnakeCase(entity.kind) && !entity.value.empty();
      });
  if (!sound) return Fail(Code::kRefused, "a name that no rule of ours gives");
  if (!std::ranges::all_of(facts.headings, [](const wire::Heading& heading) { return heading.level >= 1; }))
    return Fail(Code::kRefused, "a heading of no level");
  const std::string& suspect = facts.decision.proxy_suspect;
  if (!suspect.empty() && !Url::Parse("http://" + suspect + "/"))
    return Fail(Code::kRefused, "a suspected proxy that is no host");
  return {};
}

Status RecheckFingerprints(const wire::Fingerprints& prints) {
  constexpr std::string_view kHhhash = "hhh:1:";
  const auto empty_or_hex = [](std::string_view text, std::size_t digits) {
    return text.empty() || IsHex(text, digits);
  };
  const bool hhhash_sound =
      prints.hhhash.empty() || (prints.hhhash.starts_with(kHhhash) &&
                                IsHex(std::string_view(prints.hhhash).substr(kHhhash.size()), 64));
  if (!empty_or_hex(prints.body_sha256, 64) || !empty_or_hex(prints.simhash, 16) ||
      !empty_or_hex(prints.dom_hash, 32) || !hhhash_sound ||
      (!prints.favicon_mmh3.empty() && !IsDecimal(prints.favicon_mmh3))) {
    return Fail(Code::kRefused, "a fingerprint in no form of ours");
  }
  return {};
}

}  // namespace

Status Recheck(const wire::Facts& untrusted_facts, std::string_view sandbox) {
  const wire::Facts& facts = untrusted_facts;
  if (facts.extractor != wire::kExtractor) return Fail(Code::kRefused, "another extractor than the worker's");
  if (facts.sandbox != sandbox) return Fail(Code::kRefused, "other walls than the worker's");
  if (!IsForWorkers(facts.verdict)) return Fail(Code::kRefused, "a verdict only the pool may give");
  RETURN_IF_ERROR(RecheckUrls(facts));
  RETURN_IF_ERROR(RecheckSpans(facts));
  RETURN_IF_ERROR(RecheckNames(facts));
  return RecheckFingerprints(facts.fingerprints);
}

}  // namespace nightjar::pool
