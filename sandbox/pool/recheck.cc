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
         verdict != wire::Verdict::kRefusedAnswer;
}

}  // namespace

Status Recheck(const wire::Facts& untrusted_facts, std::string_view sandbox) {
  const wire::Facts& facts = untrusted_facts;
  if (facts.extractor != wire::kExtractor) return Fail(Code::kRefused, "another extractor than the worker's");
  if (facts.sandbox != sandbox) return Fail(Code::kRefused, "other walls than the worker's");
  if (!IsForWorkers(facts.verdict)) return Fail(Code::kRefused, "a verdict only the pool may give");
  const bool links_sound = std::all_of(facts.links.begin(), facts.links.end(),
                                       [](const wire::Link& link) { return IsNormalUrl(link.url); });
  if (!links_sound) return Fail(Code::kRefused, "a link that is not a normalised http(s) URL");
  const bool actions_sound = std::all_of(facts.forms.begin(), facts.forms.end(), [](const wire::Form& form) {
    return (form.action.empty() || IsNormalUrl(form.action)) &&
           (form.method == "get" || form.method == "post");
  });
  if (!actions_sound) return Fail(Code::kRefused, "a form that sends to something that is no URL");
  const bool pictures_sound =
      std::all_of(facts.wall_pictures.begin(), facts.wall_pictures.end(), [](const wire::Picture& picture) {
        return picture.url.empty() ? !picture.bytes.empty() : IsNormalUrl(picture.url);
      });
  if (!pictures_sound) return Fail(Code::kRefused, "a picture that lies nowhere");
  const auto inside = [&](const auto& found) { return found.span.end <= facts.decoded_size; };
  const bool spans_inside = std::ranges::all_of(facts.fields, inside) &&
                            std::ranges::all_of(facts.entities, inside) &&
                            std::ranges::all_of(facts.items, [&](const wire::Item& item) {
                              return inside(item) && std::ranges::all_of(item.fields, inside);
                            });
  if (!spans_inside) return Fail(Code::kRefused, "a span outside the document");
  const bool images_sound = std::ranges::all_of(
      facts.images, [](const wire::Image& image) { return image.url.empty() || IsNormalUrl(image.url); });
  if (!images_sound) return Fail(Code::kRefused, "an image at something that is no URL");
  const bool furniture_inside = std::ranges::all_of(
      facts.furniture, [&](const wire::Span& span) { return span.end <= facts.text.size(); });
  if (!furniture_inside) return Fail(Code::kRefused, "furniture outside the text");
  return {};
}

}  // namespace nightjar::pool
