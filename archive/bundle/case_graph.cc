// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/case_graph.h"

#include <fmt/format.h>

#include <vector>

#include "archive/bundle/json_text.h"
#include "archive/bundle/layout.h"

namespace nightjar::bundle {
namespace {

constexpr std::string_view kContext =
    R"({
"@context": {
"case-investigation": "https://ontology.caseontology.org/case/investigation/",
"uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
"uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
"uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
"uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
"uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
"uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
"xsd": "http://www.w3.org/2001/XMLSchema#"
},
"@graph": [
)";

// A node's properties, in the order they were added.
class Node {
 public:
  Node(const std::string& id, std::string_view type) {
    Add("@id", QuotedJson(id));
    Add("@type", QuotedJson(type));
  }
  Node& Text(std::string_view key, std::string_view value) {
    if (!value.empty() && value != "-") Add(key, QuotedJson(value));
    return *this;
  }
  Node& Typed(std::string_view key, std::string_view type, std::string_view value) {
    Add(key, fmt::format(R"({{"@type": "xsd:{}", "@value": {}}})", type, QuotedJson(value)));
    return *this;
  }
  Node& Link(std::string_view key, const std::vector<std::string>& ids) {
    std::vector<std::string> links;
    links.reserve(ids.size());
    for (const std::string& id : ids) links.push_back(fmt::format(R"({{"@id": {}}})", QuotedJson(id)));
    if (!links.empty()) Add(key, fmt::format("[{}]", fmt::join(links, ", ")));
    return *this;
  }
  Node& Facets(const std::vector<std::string>& facets) {
    Add("uco-core:hasFacet", fmt::format("[{}]", fmt::join(facets, ", ")));
    return *this;
  }
  [[nodiscard]] std::string Take() const { return fmt::format("{{{}}}", fmt::join(properties_, ", ")); }

 private:
  void Add(std::string_view key, std::string value) {
    properties_.push_back(fmt::format("{}: {}", QuotedJson(key), std::move(value)));
  }
  std::vector<std::string> properties_;
};

// The facet of some bytes: their size, kind and SHA-256.
std::string ContentFacet(const std::string& id, std::string_view mime, std::uint64_t size,
                         const Digest& sha256) {
  const std::string hash = Node(NamedUuid("uco-hash", id), "uco-types:Hash")
                               .Text("uco-types:hashMethod", "SHA256")
                               .Typed("uco-types:hashValue", "hexBinary", sha256.Hex())
                               .Take();
  Node facet(NamedUuid("uco-content", id), "uco-observable:ContentDataFacet");
  facet.Text("uco-observable:mimeType", mime)
      .Typed("uco-observable:sizeInBytes", "integer", std::to_string(size));
  std::string text = facet.Take();
  text.insert(text.size() - 1, fmt::format(R"(, "uco-observable:hash": [{}])", hash));
  return text;
}

std::string PersonId(const std::string& name) { return NamedUuid("uco-person", name); }

std::string Person(const std::string& name) {
  return Node(PersonId(name), "uco-identity:Person").Text("uco-core:name", name).Take() + ",\n";
}

std::string ToolId(const captures::Record& record) {
  return NamedUuid("uco-tool", record.tool + "\n" + record.config_sha256);
}

std::string Tool(const captures::Record& record) {
  return Node(ToolId(record), "uco-tool:ConfiguredTool")
             .Text("uco-core:name", "Nightjar")
             .Text("uco-core:description", "SHA-256 of its settings: " + record.config_sha256 +
                                               "; signs with the key " + record.fetcher_key)
             .Text("uco-tool:version", record.tool)
             .Take() +
         ",\n";
}

// What a WARC record of the capture holds. Its id is the record's own.
std::string Block(const WarcRecord& record, CaptureNumber number) {
  const bool response = record.block == WarcBlock::kResponse;
  const std::string mime = fmt::format("application/http;msgtype={}", record.type);
  return Node(record.id, response ? "uco-observable:WebPage" : "uco-observable:ObservableObject")
             .Text("uco-core:name", fmt::format("{} of capture {}", record.type, number.value))
             .Text("uco-core:description", "the block of the record with this id in data/capture.warc")
             .Facets({ContentFacet(record.id, mime, record.size, record.sha256)})
             .Take() +
         ",\n";
}

std::string UrlNode(const std::string& id, const std::string& url) {
  const std::string facet = Node(NamedUuid("uco-url-facet", id), "uco-observable:URLFacet")
                                .Text("uco-observable:fullValue", url)
                                .Take();
  return Node(id, "uco-observable:URL").Facets({facet}).Take() + ",\n";
}

}  // namespace

std::string CaseGraph::Head() const {
  const Selection& s = plan_.selection;
  const std::string authorisation = NamedUuid("uco-authorization", s.case_id);
  std::string text(kContext);
  Node investigation(NamedUuid("uco-investigation", s.case_id), "case-investigation:Investigation");
  investigation.Text("uco-core:name", s.case_id)
      .Text("uco-core:description", s.case_title)
      .Link("case-investigation:relevantAuthorization", {authorisation});
  text += investigation.Take() + ",\n";
  text += Node(authorisation, "case-investigation:Authorization")
              .Text("case-investigation:authorizationIdentifier", s.legal_basis)
              .Take() +
          ",\n";
  if (!s.officer.empty()) text += Person(s.officer);
  if (!s.exported_by.empty() && s.exported_by != s.officer) text += Person(s.exported_by);
  return text;
}

std::string CaseGraph::Of(const WarcSubject& subject) {
  const captures::Record& record = subject.record;
  const std::string digest = subject.record_sha256.Hex();
  const std::string url = NamedUuid("uco-url", digest);
  const std::string provenance = NamedUuid("uco-provenance", digest);
  std::string text = tools_.insert(ToolId(record)).second ? Tool(record) : std::string();
  text += UrlNode(url, record.url);
  std::vector<std::string> blocks;
  for (const WarcRecord& block : WarcRecords(subject)) {
    if (block.block == WarcBlock::kText) continue;
    blocks.push_back(block.id);
    text += Block(block, subject.number);
  }
  text += Node(provenance, "case-investigation:ProvenanceRecord")
              .Text("case-investigation:exhibitNumber", std::to_string(subject.number.value))
              .Text("uco-core:description",
                    "the signed record " + CaptureMembers(subject.number).record + ", SHA-256 " + digest)
              .Link("uco-core:object", blocks)
              .Take() +
          ",\n";
  std::vector<std::string> results = blocks;
  results.push_back(provenance);
  Node action(NamedUuid("uco-action", digest), "case-investigation:InvestigativeAction");
  action
      .Text("uco-core:name", fmt::format("capture {}: {}", subject.number.value,
                                         subject.rejected ? "rejected" : OutcomeName(record.outcome)))
      .Text("uco-core:description", record.detail)
      .Typed("uco-action:startTime", "dateTime", FormatUtc(record.started))
      .Typed("uco-action:endTime", "dateTime", FormatUtc(record.ended))
      .Link("uco-action:instrument", {ToolId(record)})
      .Link("uco-action:object", {url})
      .Link("uco-action:result", results);
  if (!plan_.selection.officer.empty())
    action.Link("uco-action:performer", {PersonId(plan_.selection.officer)});
  return text + action.Take() + ",\n";
}

std::string CaseGraph::Tail(const Member& warc) const {
  const Selection& s = plan_.selection;
  const std::string file = NamedUuid("uco-file", warc.sha256.Hex());
  const std::string name = Node(NamedUuid("uco-file-facet", file), "uco-observable:FileFacet")
                               .Text("uco-observable:fileName", warc.name)
                               .Take();
  std::string text = Node(file, "uco-observable:File")
                         .Facets({name, ContentFacet(file, "application/warc", warc.size, warc.sha256)})
                         .Take() +
                     ",\n";
  Node action(NamedUuid("uco-export", file), "case-investigation:InvestigativeAction");
  action.Text("uco-core:name", "export")
      .Text("uco-core:description", s.reason)
      .Link("uco-action:result", {file});
  if (!s.exported_by.empty()) action.Link("uco-action:performer", {PersonId(s.exported_by)});
  return text + action.Take() + "\n]\n}\n";
}

}  // namespace nightjar::bundle
