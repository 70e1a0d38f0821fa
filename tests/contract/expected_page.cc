// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/expected_page.h"

#include <algorithm>
#include <map>

namespace nightjar::contract {
namespace {

using Fields = std::vector<wire::Field>;
using Names = std::map<std::string, std::string>;  // key of expected.json -> field

// Keys whose field has another name.
const Names kNames = {{"total", "announced_count"},
                      {"result_total", "announced_count"},
                      {"next_page_link", "next_page"},
                      {"previous_page_link", "previous_page"},
                      {"registered", "member_since"},
                      {"finalize_early_allowed", "finalize_early"},

                      {"onion_links", "onion_link"},
                      {"onion_mirrors", "mirror"},
                      {"price_in_crypto", "price_in_coins"},
                      {"self_declared_onions", "site_host"},
                      {"comment", "text"},
                      {"stars", "score"},
                      {"listed", "posted_at"},
                      {"external_rating_slots", "imported_slots"}};
// Keys that are no value of a field: notes of the reader of the pages, or compared elsewhere.
const std::vector<std::string> kApart = {"kind",
                                         "kind_also",
                                         "from_upstream",
                                         "hidden_text",
                                         "emails_in_text",
                                         "page_title",
                                         "rows_complete",
                                         "is_vendor",
                                         "item_count",
                                         "row_count",
                                         "vendor_profile",
                                         "exchange_rates",
                                         "categories",
                                         "feedback_counts",
                                         "feedback_links",
                                         "self_declared_onion",
                                         "pgp_key_present",
                                         "pgp_key_first_line",
                                         "pgp_key_checksum_line",
                                         "stars_histogram",
                                         "captcha_field_in_message_form",
                                         "visible_urls",
                                         "news_dates",
                                         "real_inputs",
                                         "decoy_inputs",
                                         "form_action",
                                         "ipv4_in_comment",
                                         "captcha_image",
                                         "answer_input",
                                         "prompt",
                                         "message"};
const Names kItems = {{"items", "offer"},
                      {"rows", "feedback"},
                      {"shipping_options", "shipping_option"},
                      {"product_ratings", "product_rating"},
                      {"external_ratings", "imported_rating"},
                      {"summary", "summary"}};

std::string FieldFor(const std::string& key) {
  const auto found = kNames.find(key);
  return found == kNames.end() ? key : found->second;
}

std::vector<const wire::Field*> All(const Fields& fields, const std::string& name) {
  std::vector<const wire::Field*> found;
  for (const wire::Field& field : fields)
    if (field.name == name) found.push_back(&field);
  return found;
}

std::string TextOf(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return "";
}

std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t')
      folded.push_back(c);
    else if (!folded.empty() && folded.back() != ' ')
      folded.push_back(' ');
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

class Comparison final {
 public:
  Score score;

  void Note(bool right, const std::string& where, const std::string& wanted, const std::string& got) {
    ++score.total;
    score.right += right ? 1 : 0;
    if (!right) score.misses.push_back(where + ": wanted '" + wanted + "', got '" + got + "'");
  }

  void One(const std::string& where, const std::string& key, const json::value& value, const Fields& fields) {
    if (key.ends_with("_starts") || key.ends_with("_ends")) return Part(where, key, value, fields);
    if (key == "amount_text" || key == "date_text" || key == "precision" ||
        (key == "currency" && value.is_null()))
      return;  // said by another key of the same row
    const std::string name = FieldFor(key);
    const auto found = All(fields, name);
    if (value.is_array()) return List(where + key, value.as_array(), found);
    const wire::Field* field = found.empty() ? nullptr : found.front();
    if (value.is_null()) return Note(field == nullptr, where + key, "nothing", field ? field->value : "");
    Note(field != nullptr && Equals(value, *field), where + key, json::serialize(value),
         field ? field->value + " " + field->unit : "nothing");
  }

  void Row(const std::string& where, const json::object& row, const Fields& fields) {
    for (const auto& [key, value] : row) {
      if (key == "accepts_shown") {
        for (const auto& [coin, shown] : value.as_object())
          One(where, "accepts_" + Lower(std::string(coin)), shown, fields);
      } else {
        One(where, std::string(key), value, fields);
      }
    }
  }

  void Items(const std::string& key, const json::array& rows, const std::string& kind,
             const wire::Facts& facts) {
    std::vector<const wire::Item*> items;
    for (const wire::Item& item : facts.items)
      if (item.kind == kind) items.push_back(&item);
    Note(items.size() == rows.size(), key + " rows", std::to_string(rows.size()),
         std::to_string(items.size()));
    static const Fields kNone;
    for (std::size_t i = 0; i < rows.size(); ++i)
      Row(key + "[" + std::to_string(i) + "].", Flattened(rows[i].as_object()),
          i < items.size() ? items[i]->fields : kNone);
  }

 private:
  static std::string Lower(std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
  }

  // The stars of a summary are an object of their own.
  static json::object Flattened(json::object row) {
    if (!row.contains("stars") || !row["stars"].is_object()) return row;
    const json::object stars = row["stars"].as_object();
    row.erase("stars");
    const std::map<std::string, std::string> words = {
        {"1", "one"}, {"2", "two"}, {"3", "three"}, {"4", "four"}, {"5", "five"}};
    for (const auto& [number, count] : stars) row[words.at(std::string(number))] = count;
    return row;
  }

  static bool Equals(const json::value& wanted, const wire::Field& field) {
    if (wanted.is_object()) {
      const json::object& object = wanted.as_object();
      if (object.contains("date"))
        return field.value == TextOf(object.at("date")) && field.unit == TextOf(object.at("precision"));
      return field.value == TextOf(object.at("amount")) && field.unit == TextOf(object.at("currency"));
    }
    return Folded(field.value) == TextOf(wanted);
  }

  void List(const std::string& where, const json::array& wanted,
            const std::vector<const wire::Field*>& found) {
    if (found.size() == 1 && wanted.size() > 1 && found[0]->value.find(" > ") != std::string::npos) {
      std::string joined;
      for (const json::value& part : wanted) joined += (joined.empty() ? "" : " > ") + TextOf(part);
      return Note(joined == found[0]->value, where, joined, found[0]->value);
    }
    bool right = wanted.size() == found.size();
    for (std::size_t i = 0; right && i < wanted.size(); ++i) right = Equals(wanted[i], *found[i]);
    std::string got;
    for (const wire::Field* field : found) got += field->value + "; ";
    Note(right, where, json::serialize(wanted), got);
  }

  void Part(const std::string& where, const std::string& key, const json::value& value,
            const Fields& fields) {
    const bool begins = key.ends_with("_starts");
    const auto found = All(fields, key.substr(0, key.rfind('_')));
    const std::string text = found.empty() ? "" : Folded(found.front()->value);
    const std::string wanted = TextOf(value);
    const bool right = value.is_null() ? found.empty()
                       : begins        ? text.starts_with(wanted)
                                       : text.ends_with(wanted);
    Note(right, where + key, wanted,
         begins ? text.substr(0, 60) : text.substr(text.size() - std::min<std::size_t>(text.size(), 40)));
  }
};

std::string ValueOf(const Fields& fields, const std::string& name) {
  const auto found = All(fields, name);
  return found.empty() ? "" : found.front()->value;
}

// "BTC/USD" -> rate, or "USD" -> rate where the coin is not named.
void CompareRates(Comparison& comparison, const json::object& rates, const wire::Facts& facts) {
  std::map<std::string, std::string> got;
  for (const wire::Item& item : facts.items) {
    if (item.kind != "exchange_rate") continue;
    const std::string coin = ValueOf(item.fields, "coin");
    got[(coin.empty() ? "" : coin + "/") + ValueOf(item.fields, "currency")] = ValueOf(item.fields, "rate");
  }
  const auto one = [&](const std::string& name, const json::value& rate) {
    comparison.Note(got[name] == TextOf(rate), "exchange_rates." + name, TextOf(rate), got[name]);
  };
  for (const auto& [name, rate] : rates) {
    if (!rate.is_object()) {
      one(std::string(name), rate);
      continue;
    }
    for (const auto& [currency, value] : rate.as_object())
      one(std::string(name) + "/" + std::string(currency), value);
  }
}

void CompareCategories(Comparison& comparison, const json::array& wanted, const wire::Facts& facts) {
  std::vector<const wire::Item*> rows;
  for (const wire::Item& item : facts.items)
    if (item.kind.ends_with("category")) rows.push_back(&item);
  std::ranges::sort(rows, {}, [](const wire::Item* item) { return item->span.begin; });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const json::object& category = wanted[i].as_object();
    std::string path;
    for (const json::value& step : category.at("path").as_array()) path += TextOf(step) + "/";
    path += " " + TextOf(category.at("count"));
    std::string got;
    if (i < rows.size()) {
      for (const char* step : {"grandparent", "parent", "name"})
        if (const std::string name = ValueOf(rows[i]->fields, step); !name.empty()) got += name + "/";
      got += " " + ValueOf(rows[i]->fields, "count");
    }
    comparison.Note(got == path, "categories[" + std::to_string(i) + "]", path, got);
  }
}

void ComparePgp(Comparison& comparison, const json::object& expected, const wire::Facts& facts) {
  const std::string block = ValueOf(facts.fields, "pgp");
  const bool present = expected.at("pgp_key_present").as_bool();
  comparison.Note(present != block.empty(), "pgp_key_present", present ? "true" : "false", block);
  for (const char* key : {"pgp_key_first_line", "pgp_key_checksum_line"})
    if (expected.contains(key)) {
      const std::string line = TextOf(expected.at(key));
      comparison.Note(("\n" + block + "\n").find("\n" + line + "\n") != std::string::npos, key, line,
                      block.substr(0, 200));
    }
}

void CompareGroups(Comparison& comparison, const json::object& expected, const wire::Facts& facts) {
  const Fields& fields = facts.fields;
  for (const auto& [key, value] : expected) {
    if (key == "page_title") {
      comparison.Note(Folded(facts.title) == TextOf(value), "page_title", TextOf(value), facts.title);
    } else if (key == "vendor_profile") {
      for (const auto& [name, inner] : value.as_object()) {
        if (name == "external_ratings")
          comparison.Items(std::string(name), inner.as_array(), "imported_rating", facts);
        else
          comparison.One("vendor_profile.", std::string(name), inner, fields);
      }
    } else if (key == "feedback_counts") {
      for (const auto& [name, count] : value.as_object())
        comparison.One("feedback_counts.", std::string(name), count, fields);
    } else if (key == "feedback_links") {
      for (const auto& [name, link] : value.as_object())
        comparison.One("feedback_links.", std::string(name) + "_link", link, fields);
    } else if (key == "self_declared_onion") {
      comparison.Note(ValueOf(fields, "self_host") + ".onion" == TextOf(value), "self_declared_onion",
                      TextOf(value), ValueOf(fields, "self_host"));
    } else if (key == "exchange_rates") {
      CompareRates(comparison, value.as_object(), facts);
    } else if (key == "categories") {
      CompareCategories(comparison, value.as_array(), facts);
    } else if (key == "pgp_key_present") {
      ComparePgp(comparison, expected, facts);
    } else if (key == "emails_in_text") {
      for (const json::value& address : value.as_array())
        comparison.Note(facts.text.find(TextOf(address)) != std::string::npos, "emails_in_text",
                        TextOf(address), "");
    } else if (key == "hidden_text") {
      for (const json::value& phrase : value.as_array())
        comparison.Note(facts.text.find(TextOf(phrase)) == std::string::npos, "hidden_text", TextOf(phrase),
                        "in the text");
    }
  }
}

}  // namespace

Score Compare(const json::object& expected, const wire::Facts& facts) {
  Comparison comparison;
  const bool content = facts.page_class == wire::PageClass::kContent;
  for (const auto& [key, value] : expected) {
    const std::string name(key);
    const auto item = kItems.find(name);
    if (item != kItems.end())
      comparison.Items(name, value.as_array(), item->second, facts);
    else if (std::ranges::find(kApart, name) == kApart.end() && content)
      comparison.One("", name, value, facts.fields);
  }
  CompareGroups(comparison, expected, facts);
  return std::move(comparison.score);
}

std::string ClassOf(const wire::Facts& facts) {
  if (facts.page_class != wire::PageClass::kContent)
    return std::string(wire::PageClassName(facts.page_class));
  return std::string(wire::PageKindName(facts.page_kind));
}

bool ClassIsRight(const json::object& expected, const wire::Facts& facts) {
  const std::string is = ClassOf(facts);
  if (is == TextOf(expected.at("kind"))) return true;
  const json::value* also = expected.if_contains("kind_also");
  return also != nullptr &&
         std::ranges::any_of(also->as_array(), [&](const json::value& kind) { return TextOf(kind) == is; });
}

}  // namespace nightjar::contract
