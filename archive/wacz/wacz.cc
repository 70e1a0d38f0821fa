// SPDX-License-Identifier: Apache-2.0
#include "archive/wacz/wacz.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "archive/bundle/export_plan.h"
#include "archive/bundle/json_text.h"
#include "archive/bundle/out_file.h"
#include "archive/bundle/warc_block.h"
#include "archive/wacz/cdxj.h"
#include "archive/wacz/warc_gz.h"
#include "archive/wacz/zip.h"
#include "base/build_info.h"
#include "base/file.h"

namespace nightjar::wacz {
namespace {

using bundle::QuotedJson;
using Sink = std::function<Status(ByteView)>;

constexpr std::string_view kWarcName = "data.warc.gz";
constexpr std::string_view kPagesHead =
    "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n";

// Writes the records of the plan as gzip members and notes where the responses lie.
class Recorder final {
 public:
  Recorder(const captures::Reader& archive, const bundle::ExportPlan& plan, Sink sink, std::string file_name)
      : archive_(archive), plan_(plan), sink_(std::move(sink)), file_name_(std::move(file_name)) {}

  Status Run(const std::function<Status(const captures::StoredCapture&)>& each) {
    RETURN_IF_ERROR(Put(bundle::WarcInfo({plan_.selection.case_id}, plan_.first_started, file_name_), {}));
    for (const CaptureNumber number : plan_.captures) {
      ASSIGN_OR_RETURN(const captures::StoredCapture capture,
                       archive_.Get(number, captures::Restricted::kShow));
      const bundle::WarcSubject subject{.number = number,
                                        .record = capture.record,
                                        .record_sha256 = Sha256(capture.record_text),
                                        .rejected = !capture.rejected.empty()};
      for (const auto& record : bundle::WarcRecords(subject)) RETURN_IF_ERROR(Put(record, capture));
      RETURN_IF_ERROR(each(capture));
    }
    return {};
  }
  Bytes TakeIndex() { return index_.Take(); }

 private:
  Status Put(const bundle::WarcRecord& record, const captures::StoredCapture& capture) {
    const bundle::BlockPieces block(record, capture);
    const std::array<ByteView, 4> pieces = {record.header, block.views()[0], block.views()[1],
                                            bundle::kWarcRecordEnd};
    const Bytes member = GzipMember(pieces);
    if (record.block == bundle::WarcBlock::kResponse) {
      index_.Add(capture,
                 {.file = file_name_, .offset = offset_, .length = member.size(), .block = record.sha256});
    }
    offset_ += member.size();
    return sink_(member);
  }

  const captures::Reader& archive_;
  const bundle::ExportPlan& plan_;
  Sink sink_;
  std::string file_name_;
  std::uint64_t offset_ = 0;
  Cdxj index_;
};

bool IsPage(const captures::StoredCapture& capture) {
  return capture.rejected.empty() && capture.record.outcome == captures::Outcome::kOk &&
         capture.record.http_status == 200 && MimeOf(capture.head) == "text/html";
}

std::string PageLine(const captures::StoredCapture& capture, const std::string& title) {
  const std::string& url = capture.record.url;
  return fmt::format("{{\"id\": \"{}\", \"url\": {}, \"ts\": \"{}\", \"title\": {}}}\n", capture.number.value,
                     QuotedJson(url), FormatUtc(capture.record.started),
                     QuotedJson(title.empty() ? url : title));
}

// Frictionless data package: every member with its digest.
Bytes DataPackage(const bundle::ExportPlan& plan, const std::vector<ZipMember>& members) {
  std::vector<std::string> resources;
  resources.reserve(members.size());
  for (const ZipMember& member : members) {
    resources.push_back(fmt::format(R"({{"name": {}, "path": {}, "hash": "sha256:{}", "bytes": {}}})",
                                    QuotedJson(std::filesystem::path(member.name).filename().string()),
                                    QuotedJson(member.name), member.sha256.Hex(), member.size));
  }
  const bundle::Selection& s = plan.selection;
  return fmt::format(
      "{{\n\"profile\": \"data-package\",\n\"wacz_version\": \"1.1.1\",\n\"title\": {},\n"
      "\"description\": {},\n\"created\": \"{}\",\n\"software\": {},\n\"resources\": [\n{}\n]\n}}\n",
      QuotedJson(s.case_id), QuotedJson(s.selected_by), FormatUtc(plan.latest_ended), QuotedJson(BuildId()),
      fmt::join(resources, ",\n"));
}

Result<Summary> WriteWacz(const captures::Reader& archive, const bundle::ExportPlan& plan,
                          const std::string& path, const TitleOf& title) {
  ASSIGN_OR_RETURN(UniqueFd file, bundle::CreateFile(path));
  ZipWriter zip(std::move(file), path);
  Summary summary;
  Bytes pages(kPagesHead);
  Recorder recorder(
      archive, plan, [&](ByteView piece) { return zip.Write(piece); }, std::string(kWarcName));
  RETURN_IF_ERROR(zip.Begin("archive/" + std::string(kWarcName)));
  RETURN_IF_ERROR(recorder.Run([&](const captures::StoredCapture& capture) -> Status {
    ++summary.captures;
    if (!IsPage(capture)) return {};
    ++summary.pages;
    pages += PageLine(capture, title ? title(capture.number) : std::string());
    return {};
  }));
  RETURN_IF_ERROR(zip.End());
  RETURN_IF_ERROR(zip.Add("indexes/index.cdxj", recorder.TakeIndex()));
  RETURN_IF_ERROR(zip.Add("pages/pages.jsonl", pages));
  const Bytes package = DataPackage(plan, zip.members());
  RETURN_IF_ERROR(zip.Add("datapackage.json", package));
  RETURN_IF_ERROR(zip.Add(
      "datapackage-digest.json",
      fmt::format("{{\"path\": \"datapackage.json\", \"hash\": \"sha256:{}\"}}\n", Sha256(package).Hex())));
  RETURN_IF_ERROR(zip.Finish());
  return summary;
}

Result<Summary> WriteWarcGz(const captures::Reader& archive, const bundle::ExportPlan& plan,
                            const std::string& path, const std::string& name, Bytes& index) {
  ASSIGN_OR_RETURN(const UniqueFd file, bundle::CreateFile(path));
  Summary summary;
  Recorder recorder(
      archive, plan, [&](ByteView piece) { return WriteAll(file.get(), piece, path); }, name);
  RETURN_IF_ERROR(recorder.Run([&](const captures::StoredCapture& capture) -> Status {
    ++summary.captures;
    summary.pages += IsPage(capture) ? 1 : 0;
    return {};
  }));
  if (::fsync(file.get()) != 0) return FailErrno("cannot fsync", path);
  index = recorder.TakeIndex();
  return summary;
}

// The finished file gets its name, or goes.
Result<Summary> Settle(Result<Summary> done, const std::string& partial, const std::string& path) {
  if (done) {
    const Status published = bundle::Publish(partial, path);
    if (!published) done = tl::unexpected<Error>(published.error());
  }
  if (!done) ::unlink(partial.c_str());
  return done;
}

}  // namespace

Result<Summary> ExportWacz(const captures::Reader& archive, const bundle::ExportRequest& request,
                           const TitleOf& title) {
  RETURN_IF_ERROR(bundle::RefuseExisting(request.out_path));
  ASSIGN_OR_RETURN(const bundle::ExportPlan plan, bundle::PlanExport(archive, request));
  const std::string partial = bundle::PartialName(request.out_path);
  return Settle(WriteWacz(archive, plan, partial, title), partial, request.out_path);
}

Result<Summary> ExportWarcGz(const captures::Reader& archive, const bundle::ExportRequest& request) {
  const std::string index_path = CdxjPath(request.out_path);
  RETURN_IF_ERROR(bundle::RefuseExisting(request.out_path));
  RETURN_IF_ERROR(bundle::RefuseExisting(index_path));
  ASSIGN_OR_RETURN(const bundle::ExportPlan plan, bundle::PlanExport(archive, request));
  const std::string partial = bundle::PartialName(request.out_path);
  const std::string name = std::filesystem::path(request.out_path).filename().string();
  Bytes index;
  ASSIGN_OR_RETURN(const Summary summary,
                   Settle(WriteWarcGz(archive, plan, partial, name, index), partial, request.out_path));
  RETURN_IF_ERROR(CreateFileDurably(index_path, index, 0640));
  return summary;
}

std::string CdxjPath(const std::string& warc_path) {
  constexpr std::string_view kEnding = ".warc.gz";
  const std::size_t stem =
      warc_path.ends_with(kEnding) ? warc_path.size() - kEnding.size() : warc_path.size();
  return warc_path.substr(0, stem) + ".cdxj";
}

}  // namespace nightjar::wacz
