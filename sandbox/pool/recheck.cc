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
  const bool spans_inside =
      std::all_of(facts.fields.begin(), facts.fields.end(),
                  [&](const wire::Field& field) { return field.span.end <= facts.decoded_size; });
  if (!spans_inside) return Fail(Code::kRefused, "a span outside the document");
  return {};
}

}  // namespace nightjar::pool
