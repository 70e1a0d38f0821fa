// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/json_ld.h"

#include <fmt/format.h>

#include <cmath>

#include "base/json.h"
#include "sandbox/extract/statements.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

class Flattener final {
 public:
  explicit Flattener(std::vector<wire::Statement>& out) : out_(out) {}

  // Nests as deep as the parser allowed, which is kMostSteps.
  void Add(const json::value& value, const std::string& path) {
    if (out_.size() >= wire::kMaxStatements) return;
    if (const json::array* array = value.if_array()) {
      for (const json::value& element : *array) Add(element, path);
    } else if (const json::object* object = value.if_object()) {
      AddObject(*object, path);
    } else if (std::string text = TextOf(value); !text.empty() && !path.empty()) {
      out_.push_back({"json-ld", path, std::move(text)});
    }
  }

 private:
  void AddObject(const json::object& object, const std::string& path) {
    const json::value* type = object.if_contains("@type");
    const bool outermost = path.empty() && type != nullptr && type->is_string();
    const std::string base = outermost ? std::string(type->as_string()) : path;
    for (const auto& [key, value] : object) {
      if (key == "@context" || key == "@type") continue;
      const bool transparent = key == "@graph" || key == "@value" || key == "@list" || key == "@set";
      Add(value, transparent ? path : base.empty() ? std::string(key) : base + "." + std::string(key));
    }
  }

  static std::string TextOf(const json::value& value) {
    if (value.is_string()) return Folded(std::string_view(value.as_string()));
    if (value.is_bool()) return value.as_bool() ? "true" : "false";
    if (value.is_int64()) return fmt::format("{}", value.as_int64());
    if (value.is_uint64()) return fmt::format("{}", value.as_uint64());
    if (value.is_double() && std::isfinite(value.as_double())) return fmt::format("{}", value.as_double());
    return {};
  }

  std::vector<wire::Statement>& out_;
};

}  // namespace

void ReadJsonLd(std::string_view script, std::vector<wire::Statement>& out) {
  if (script.size() > kMostJson) return;
  json::parse_options options;
  options.max_depth = kMostSteps;
  boost::system::error_code error;
  const json::value value = json::parse(parse::Trim(script), error, {}, options);
  if (!error) Flattener(out).Add(value, {});
}

}  // namespace nightjar::extract
