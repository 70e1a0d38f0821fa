// SPDX-License-Identifier: Apache-2.0
// FORMAT.md shows a whole bundle, member by member. It must be the one Export writes today.
#include <gtest/gtest.h>

#include "archive/bundle/layout.h"
#include "archive/bundle/tar.h"
#include "base/file.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::bundle {
namespace {

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// The code block under the heading that names a member; empty if there is none.
std::string Shown(const std::string& page, const std::string& member) {
  const std::size_t heading = page.find("\n### `" + member + "`\n");
  if (heading == std::string::npos) return {};
  const std::string fence = "```text\n";
  const std::size_t start = page.find(fence, heading) + fence.size();
  return page.substr(start, page.find("```\n", start) - start);
}

// A member as a page of text can show it.
std::string AsText(const Member& member, Bytes content, const std::vector<Member>& members) {
  if (member.name.ends_with(".sig")) return HexEncode(content) + "\n";
  ReplaceAll(content, "\r\n", "\n");
  for (const Member& other : members) {
    if (other.name == kVerifyText || other.name == kVerifyScript)
      ReplaceAll(content, other.sha256.Hex(), "<64 hex digits>");
  }
  return content;
}

TEST(FormatDocument, ShowsTheBundleThatIsExported) {
  const ExampleArchive archive;
  const auto request = archive.Request({0}, "owl.tar");
  ASSERT_TRUE(Export(archive.reader(), request));
  const std::string page = ReadFile(NIGHTJAR_SOURCE "/archive/bundle/FORMAT.md").value();
  const auto tar = TarFile::Open(request.out_path);
  const auto listing = tar->List();
  ASSERT_TRUE(listing);
  std::size_t compared = 0;
  for (const Member& member : listing->members) {
    if (member.name == kVerifyText || member.name == kVerifyScript) continue;
    const Bytes content = tar->Read(member, 1 << 20).value();
    EXPECT_EQ(Shown(page, member.name), AsText(member, content, listing->members)) << member.name;
    ++compared;
  }
  EXPECT_EQ(compared, 18U);
}

}  // namespace
}  // namespace nightjar::bundle
