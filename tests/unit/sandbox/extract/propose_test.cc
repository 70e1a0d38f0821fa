// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

std::map<std::string, std::string> ProposalFor(std::string body) {
  wire::Document document = PageOf(std::move(body));
  document.mode = wire::ReadMode::kPropose;
  const wire::Facts facts = ReadDocument(document);
  std::map<std::string, std::string> proposal;
  for (const wire::Statement& statement : facts.statements)
    if (statement.vocabulary == "proposal") proposal[statement.name] = statement.value;
  return proposal;
}

TEST(Propose, NamesTheShortestSelectorThatFindsAValueFirst) {
  const auto proposal = ProposalFor(
      "<title>Blue owl - Shop</title><p class=hint>p</p><h1 class=name>Blue owl</h1><table><tr><td>Price</td>"
      "<td class=cost>$ 12.50</td></tr><tr><td>Vendor</td><td><a href='/u/bird'>bird</a></td></tr></table>"
      "<button>Buy</button>");
  EXPECT_EQ(proposal.at("field.title"), "h1.name");
  EXPECT_EQ(proposal.at("field.price"), "td.cost");
}

TEST(Propose, FindsTheRowsAndWhatStandsInThem) {
  std::string page = "<title>Owls - Shop</title><h1>Owls</h1><ul class=offers>";
  for (int i = 1; i < 7; ++i)
    page += "<li class='row n" + std::to_string(1000 + i) + "'><a class=t href='/item/" + std::to_string(i) +
            "'>A ceramic owl, number " + std::to_string(i) + "</a> <b class=price>" + std::to_string(i) +
            ".00 USD</b></li>";
  const auto proposal = ProposalFor(page + "</ul>");
  EXPECT_EQ(proposal.at("item.offer"), "li.row") << "made names say nothing about the next page";
  EXPECT_EQ(proposal.at("item.offer.title"), "a.t");
  EXPECT_EQ(proposal.at("item.offer.link"), "a.t @href");
  EXPECT_EQ(proposal.at("item.offer.price"), "b.price");
}

TEST(Propose, IsSilentWhereNobodyAsks) {
  for (const wire::Statement& statement : Read("<h1>Owl</h1><p>Price: $5").statements)
    EXPECT_NE(statement.vocabulary, "proposal");
}

}  // namespace
}  // namespace nightjar::extract
