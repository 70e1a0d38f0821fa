// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/machine.h"

#include <algorithm>
#include <array>
#include <set>

#include "sandbox/extract/words.h"
#include "sandbox/values/count.h"
#include "sandbox/values/date.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

using wire::FieldType;

constexpr std::uint8_t kSchema = 80;
constexpr std::uint8_t kGraph = 60;
constexpr std::size_t kMostReviews = 64;

struct Property {
  std::string_view field;
  FieldType type;
  std::string_view path;  // of schema.org behind the product's type, or the whole name of Open Graph
};

// Earlier ones win.
constexpr Property kProperties[] = {
    {"title", FieldType::kText, "name"},
    {"price", FieldType::kMoney, "offers.price"},
    {"price", FieldType::kMoney, "offers.priceSpecification.price"},
    {"price", FieldType::kMoney, "offers.lowPrice"},
    {"price", FieldType::kMoney, "product:price:amount"},
    {"vendor", FieldType::kText, "offers.seller.name"},
    {"vendor", FieldType::kText, "offers.seller"},
    {"description", FieldType::kText, "description"},
    {"category", FieldType::kText, "category"},
    {"category", FieldType::kText, "product:category"},
    {"brand", FieldType::kText, "brand.name"},
    {"brand", FieldType::kText, "brand"},
    {"brand", FieldType::kText, "product:brand"},
    {"availability", FieldType::kEnum, "offers.availability"},
    {"availability", FieldType::kEnum, "product:availability"},
    {"image", FieldType::kLink, "image"},
    {"image", FieldType::kLink, "image.url"},
    {"image", FieldType::kLink, "image.contentUrl"},
    {"item_id", FieldType::kText, "sku"},
    {"item_id", FieldType::kText, "productID"},
    {"item_id", FieldType::kText, "product:retailer_item_id"},
    {"stock", FieldType::kCount, "offers.inventoryLevel"},
    {"stock", FieldType::kCount, "offers.inventoryLevel.value"},
    {"rating", FieldType::kRating, "aggregateRating.ratingValue"},
    {"rating_count", FieldType::kCount, "aggregateRating.ratingCount"},
    {"rating_count", FieldType::kCount, "aggregateRating.reviewCount"},
};
constexpr Property kReviewProperties[] = {
    {"author", FieldType::kText, "author"},      {"author", FieldType::kText, "author.name"},
    {"date", FieldType::kDate, "datePublished"}, {"score", FieldType::kRating, "reviewRating.ratingValue"},
    {"text", FieldType::kText, "reviewBody"},    {"text", FieldType::kText, "description"},
};
constexpr std::array<std::string_view, 3> kProductTypes = {"Product.", "IndividualProduct.", "ProductModel."};
constexpr std::string_view kDefaultScale = "5";  // schema.org/bestRating: 5 is assumed where it is left out

// What stands behind the product's type, or nothing for what is about something else.
std::string_view OfProduct(const wire::Statement& statement) {
  if (statement.vocabulary == "og") return statement.name;
  if (statement.vocabulary == "meta") return {};
  for (const std::string_view type : kProductTypes)
    if (statement.name.starts_with(type)) return std::string_view(statement.name).substr(type.size());
  return {};
}

// "http://schema.org/InStock" says "InStock".
std::string_view LastStep(std::string_view value) {
  const std::size_t slash = value.find_last_of("/#");
  return slash == std::string_view::npos ? value : value.substr(slash + 1);
}

class StatedReader final {
 public:
  StatedReader(const parse::Page& page, const Stated& stated) : page_(page), stated_(stated) {}

  // The value as the field's type wants it; nothing where it is none. `scale` is that of ratings.
  [[nodiscard]] std::optional<wire::Field> Make(const Property& property, std::size_t number,
                                                std::string_view currency, std::string_view scale) const {
    const wire::Statement& statement = stated_.all[number];
    wire::Field field;
    field.name = property.field;
    field.type = property.type;
    field.raw = statement.value;
    field.confidence = statement.vocabulary == "og" ? kGraph : kSchema;
    if (!Convert(statement.value, currency, scale, field)) return std::nullopt;
    field.span = SpanOf(number);
    return field;
  }

  // The value of the first statement of that name, or empty.
  [[nodiscard]] std::string_view ValueOf(std::string_view path) const {
    for (const wire::Statement& statement : stated_.all)
      if (OfProduct(statement) == path) return statement.value;
    return {};
  }

 private:
  static bool Convert(std::string_view value, std::string_view currency, std::string_view scale,
                      wire::Field& field) {
    field.value = value;
    if (field.type == FieldType::kEnum) field.value = LastStep(value);
    if (field.type == FieldType::kMoney || field.type == FieldType::kRating) {
      auto exact = values::ExactDecimal(value);
      if (!exact) return false;
      field.value = std::move(*exact);
      field.unit = field.type == FieldType::kMoney ? currency : scale;
    } else if (field.type == FieldType::kCount) {
      auto count = values::FindCount(value);
      if (!count) return false;
      field.value = std::move(*count);
    } else if (field.type == FieldType::kDate) {
      const auto date = values::FindDate(value);
      if (!date) return false;
      field.value = date->iso;
      field.unit = date->precision;
    }
    return !field.value.empty();
  }

  // The attribute or the text that holds the value; of JSON, the value's first place in its script.
  [[nodiscard]] wire::Span SpanOf(std::size_t number) const {
    const Tree& tree = *page_.tree;
    const NodeIndex index = stated_.nodes[number];
    const std::string& value = stated_.all[number].value;
    for (const parse::Attribute& attribute : tree.AttributesOf(tree[index]))
      if (attribute.name != "itemprop" && Folded(attribute.value) == value)
        return page_.SpanOf(attribute.begin, attribute.end);
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    for (NodeIndex i = index + 1; i < tree[index].past; ++i) {
      if (tree[i].tag != Tag::kText) continue;
      const std::string_view markup = tree.markup().substr(tree[i].begin, tree[i].end - tree[i].begin);
      if (const std::size_t at = markup.find(value); at != std::string_view::npos) {
        const auto place = tree[i].begin + static_cast<std::uint32_t>(at);
        return page_.SpanOf(place, place + static_cast<std::uint32_t>(value.size()));
      }
      if (end == 0) begin = tree[i].begin;
      end = tree[i].end;
    }
    return page_.SpanOf(begin, end);
  }

  const parse::Page& page_;
  const Stated& stated_;
};

// Of an offer that prints no currency beside the amount the code is the only source; codes that are not known
// stay as they are.
std::string_view CurrencyOf(const StatedReader& reader) {
  for (const std::string_view path :
       {"offers.priceCurrency", "offers.priceSpecification.priceCurrency", "product:price:currency"}) {
    const std::string_view code = reader.ValueOf(path);
    if (code.empty()) continue;
    const std::string_view known = values::CurrencyOf(code);
    return known.empty() ? code : known;
  }
  return {};
}

// "Bath > Soap" of a BreadcrumbList: its names but the site's and the product's own.
void AddTrail(const Stated& stated, std::string_view title, FieldList& fields) {
  constexpr std::array<std::string_view, 2> kNames = {"BreadcrumbList.itemListElement.name",
                                                      "BreadcrumbList.itemListElement.item.name"};
  wire::Field field;
  field.name = "category";
  field.confidence = kSchema;
  for (const wire::Statement& statement : stated.all) {
    if (std::find(kNames.begin(), kNames.end(), statement.name) == kNames.end()) continue;
    if (statement.value == title || parse::EqualsNoCase(statement.value, "home")) continue;
    field.value.append(field.value.empty() ? "" : " > ").append(statement.value);
  }
  field.raw = field.value;
  if (!field.value.empty()) fields.Add(std::move(field));
}

std::size_t CountOf(const Stated& stated, std::string_view vocabulary, std::string_view path) {
  return static_cast<std::size_t>(
      std::count_if(stated.all.begin(), stated.all.end(), [&](const wire::Statement& statement) {
        return statement.vocabulary == vocabulary && OfProduct(statement) == path;
      }));
}

// One review's statements, until one of them comes again.
class Reviews final {
 public:
  Reviews(const parse::Page& page, const Stated& stated) : reader_(page, stated), stated_(stated) {}

  std::vector<wire::Item> Run() && {
    constexpr std::string_view kReview = "review.";
    for (std::size_t i = 0; i < stated_.all.size() && items_.size() < kMostReviews; ++i) {
      std::string_view path = OfProduct(stated_.all[i]);
      if (stated_.all[i].name.starts_with("Review.")) path = stated_.all[i].name;
      if (!path.starts_with(kReview) && !path.starts_with("Review.")) continue;
      path.remove_prefix(kReview.size());
      if (!seen_.insert(path).second) {
        Finish();
        seen_.insert(path);
      }
      if (path == "reviewRating.bestRating") scale_ = stated_.all[i].value;
      for (const Property& property : kReviewProperties)
        if (property.path == path) Add(property, i);
    }
    Finish();
    return std::move(items_);
  }

 private:
  void Add(const Property& property, std::size_t number) {
    if (auto field = reader_.Make(property, number, {}, {})) fields_.push_back(std::move(*field));
  }

  void Finish() {
    wire::Item item;
    item.kind = "feedback";
    for (wire::Field& field : fields_) {
      if (field.name == "score") field.unit = scale_.empty() ? kDefaultScale : scale_;
      const bool first = item.span.end == 0;
      item.span.begin = first ? field.span.begin : std::min(item.span.begin, field.span.begin);
      item.span.end = std::max(item.span.end, field.span.end);
    }
    item.fields = std::move(fields_);
    if (item.fields.size() >= 2) items_.push_back(std::move(item));
    fields_.clear();
    seen_.clear();
    scale_ = {};
  }

  StatedReader reader_;
  const Stated& stated_;
  std::vector<wire::Item> items_;
  std::vector<wire::Field> fields_;
  std::set<std::string_view> seen_;
  std::string_view scale_;
};

}  // namespace

bool StatesOneOffer(const Stated& stated) {
  for (const std::string_view vocabulary : {"microdata", "json-ld"}) {
    const std::size_t prices = CountOf(stated, vocabulary, "offers.price") +
                               CountOf(stated, vocabulary, "offers.lowPrice") +
                               CountOf(stated, vocabulary, "offers.priceSpecification.price");
    if (prices > 0 && CountOf(stated, vocabulary, "name") == 1) return true;
  }
  return false;
}

void AddStated(const parse::Page& page, const Stated& stated, FieldList& fields) {
  const StatedReader reader(page, stated);
  const std::string_view currency = CurrencyOf(reader);
  const std::string_view best = reader.ValueOf("aggregateRating.bestRating");
  for (const Property& property : kProperties) {
    if (fields.Has(property.field)) continue;
    for (std::size_t i = 0; i < stated.all.size(); ++i) {
      if (OfProduct(stated.all[i]) != property.path) continue;
      if (auto field = reader.Make(property, i, currency, best.empty() ? kDefaultScale : best))
        fields.Add(std::move(*field));
      break;
    }
  }
  if (!fields.Has("category")) AddTrail(stated, reader.ValueOf("name"), fields);
}

std::vector<wire::Item> StatedFeedback(const parse::Page& page, const Stated& stated) {
  return Reviews(page, stated).Run();
}

}  // namespace nightjar::extract
