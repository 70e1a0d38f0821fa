// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/visibility.h"

#include <gtest/gtest.h>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

struct Way {
  const char* name;
  const char* rules;  // of <style>
  const char* start;  // the start tag of the element with the bait
  const char* why;
};

constexpr Way kHidingWays[] = {
    {"attribute", "", "<div hidden>", "hidden-attribute"},
    {"inline display", "", "<div style='DISPLAY : none'>", "display-none"},
    {"class rule", ".x{display:none}", "<div class='a x'>", "display-none"},
    {"id rule", "#x{display:none}", "<div id=x>", "display-none"},
    {"type rule", "article{display:none}", "<article>", "display-none"},
    {"escaped names", ".\\78 {d\\69splay:\\6e one}", "<div class=x>", "display-none"},
    {"comment within", ".x/**/{display/* a */:/* } */none}", "<div class=x>", "display-none"},
    {"attribute present", "[data-q]{display:none}", "<div data-q>", "display-none"},
    {"attribute equal", "[rel=bait]{display:none}", "<div rel=bait>", "display-none"},
    {"attribute word", "[rel~='bait']{display:none}", "<div rel='a bait b'>", "display-none"},
    {"attribute dash", "[lang|=xx]{display:none}", "<div lang=xx-yy>", "display-none"},
    {"attribute begins", "[rel^=\"ba\"]{display:none}", "<div rel=bait>", "display-none"},
    {"attribute ends", "[rel$=it]{display:none}", "<div rel=bait>", "display-none"},
    {"attribute contains", "div.q[\trel \n*=\t\"ai\"\n]{display:none}", "<div class=q rel=bait>",
     "display-none"},
    {"attribute any case", "[rel=BAIT i]{display:none}", "<div rel=bait>", "display-none"},
    {"brackets in a string", "[rel=\"]{}\"]{display:none}", "<div rel=']{}'>", "display-none"},
    {"not", "div:not(.good){display:none}", "<div>", "display-none"},
    {"first child", "div:first-child{display:none}", "<div>", "display-none"},
    {"last child", "b:last-child{display:none}", "<b>", "display-none"},
    {"nth child", "div:nth-child(2n+1){display:none}", "<div>", "display-none"},
    {"descendant", "section .x{display:none}", "<div class=x>", "display-none"},
    {"child", "section>p>.x{display:none}", "<b class=x>", "display-none"},
    {"list of selectors", "h1, .y , .x{display:none}", "<div class=x>", "display-none"},
    {"more specific", ".x.x{display:none} .x{display:block}", "<div class=x>", "display-none"},
    {"later", ".x{display:block} .x{display:none}", "<div class=x>", "display-none"},
    {"important", ".x{display:none!important} #x{display:block}", "<div id=x class=x style='display:block'>",
     "display-none"},
    {"inline beats rule", "div.x{display:block}", "<div class=x style=display:none>", "display-none"},
    {"nonsense after it", ".x{display:none;display:nonsense}", "<div class=x>", "display-none"},
    {"screen", "@media screen{.x{display:none}}", "<div class=x>", "display-none"},
    {"wide screen", "@media only screen and (min-width:60em), print{.x{display:none}}", "<div class=x>",
     "display-none"},
    {"after a bad rule", "} @bad; .x{display:none}", "<div class=x>", "display-none"},
    {"html comment marks", "<!-- .x{display:none} -->", "<div class=x>", "display-none"},
    {"visibility", ".x{visibility:hidden}", "<div class=x>", "invisible"},
    {"opacity", "", "<div style='opacity:0.01'>", "transparent"},
    {"font size", "", "<div style='font-size:0'>", "tiny"},
    {"font shorthand", "", "<div style='font:0/0 a'>", "tiny"},
    {"font size of a parent", "section{font-size:1px} .x{font-size:1em}", "<div class=x>", "tiny"},
    {"no size", "", "<div style='width:0;overflow:hidden'>", "no-size"},
    {"no height", "", "<div style='max-height:1px;overflow-y:hidden'>", "no-size"},
    {"no size in a line", "", "<span style='display:inline-block;width:0;overflow:hidden'>", "no-size"},
    {"off screen px", "", "<div style='position:absolute;left:-9999px'>", "off-screen"},
    {"off screen em", ".x{position:absolute;top:-100em}", "<div class=x>", "off-screen"},
    {"off screen rem", ".x{position:fixed;right:-200rem}", "<div class=x>", "off-screen"},
    {"off screen %", ".x{position:absolute;left:-200%}", "<div class=x>", "off-screen"},
    {"off screen vw", ".x{position:relative;left:-100vw}", "<div class=x>", "off-screen"},
    {"off screen margin", "", "<div style='margin:0 0 0 -5000px'>", "off-screen"},
    {"off screen indent", "section{text-indent:-9999px}", "<div>", "off-screen"},
    {"off screen inset", "", "<div style='position:absolute;inset:-9999px auto auto 0'>", "off-screen"},
    {"clip", "", "<div style='position:absolute;clip:rect(0 0 0 0)'>", "clipped"},
    {"clip path", "", "<div style='clip-path: inset(50%)'>", "clipped"},
    {"scale", "", "<div style='transform:rotate(3deg) scale(0)'>", "transformed"},
    {"translate", "", "<div style='transform:translateX(-9999px)'>", "transformed"},
    {"same colour", "section{background:#fff}", "<div style='color:rgb(255, 254, 255)'>", "same-colour"},
    {"same colour as the body", "body{background:navy;color:yellow}", "<div style='color:#000080'>",
     "same-colour"},
    {"white on the bare page", "", "<div style='color:white'>", "same-colour"},
    {"font colour", "", "<font color=#ffffff>", "same-colour"},
    {"cell colour", "b{color:red}", "<b style='background:red'>", "same-colour"},
    {"transparent colour", "", "<div style='color:transparent'>", "transparent"},
    {"behind its parent", "section{background:#eee}", "<div style='position:relative;z-index:-1'>",
     "covered"},
};

constexpr Way kShowingWays[] = {
    {"print", "@media print{.x{display:none}}", "<div class=x>", ""},
    {"small screens", "@media (max-width:600px){.x{display:none}}", "<div class=x>", ""},
    {"taken back later", ".x{display:none} .x{display:block}", "<div class=x>", ""},
    {"taken back by weight", "#x{display:block} .x{display:none}", "<div id=x class=x>", ""},
    {"taken back inline", ".x{display:none}", "<div class=x style='display:block'>", ""},
    {"hidden but displayed", "[hidden]{display:block}", "<div hidden>", ""},
    {"taken back on hover", ".x{display:none} section:hover .x{display:block}", "<div class=x>", ""},
    {"opacity on hover", ".x{opacity:0} .x:hover{opacity:1}", "<div class=x>", ""},
    {"taken back by a choice", ".x{max-height:0;overflow:hidden} #c:checked ~ .x{max-height:50em}",
     "<input id=c type=checkbox><b class=x>", ""},
    {"other element", "p.x, .x>b, #y.x, .x+.x{display:none}", "<div class=x>", ""},
    {"pseudo-element", ".x::before{display:none}", "<div class=x>", ""},
    {"other value", "[rel=bai]{display:none}", "<div rel=bait>", ""},
    {"side bar", "", "<div style='position:absolute;left:-250px'>", ""},
    {"band", "", "<div style='margin:0 -9999px;padding:0 9999px'>", ""},
    {"static left", "", "<div style='left:-9999px'>", ""},
    {"centred", "", "<div style='position:absolute;left:50%;transform:translate(-50%,-50%)'>", ""},
    {"zero size that overflows", "", "<div style='width:0;height:0'>", ""},
    {"text in a line has no size", "", "<span style='width:0;height:0;overflow:hidden'>", ""},
    {"cell that cuts its text", "td{max-width:0;overflow:hidden}", "<table><tr><td>", ""},
    {"white on a picture", "section{background:#fff url(x.png)}", "<div style='color:#fff'>", ""},
    {"white on positioned", "", "<div style='position:absolute'><span style='color:#fff'>", ""},
    {"link colour", "body{color:#fff;background:#fff}", "<a href=x>", ""},
    {"details", "", "<details><summary>s</summary>", ""},
    {"visible in hidden", "section{visibility:hidden} .x{visibility:visible}", "<div class=x>", ""},
    {"font size of its own", "section{font-size:0} .x{font-size:14px}", "<div class=x>", ""},
};

std::string PageOfWay(const Way& way) {
  return "<!doctype html><html><head><style>" + std::string(way.rules) + "</style></head><body><section><p>" +
         way.start + "bait";
}

TEST(Visibility, KnowsEveryWayToHide) {
  for (const Way& way : kHidingWays) {
    std::string page = PageOfWay(way);
    if (std::string_view(way.start).starts_with("<div") ||
        std::string_view(way.start).starts_with("<article")) {
      page.replace(page.find("<p>"), 3, "");
    }
    const wire::Facts facts = Read(page);
    EXPECT_EQ(facts.text, "") << way.name;
    EXPECT_EQ(facts.hidden_text, std::string(way.why) + ": bait") << way.name;
  }
}

TEST(Visibility, HidesNothingThatAPersonSees) {
  for (const Way& way : kShowingWays) {
    const wire::Facts facts = Read(PageOfWay(way));
    EXPECT_TRUE(facts.text.ends_with("bait")) << way.name << ": " << facts.hidden_text;
  }
}

TEST(Visibility, WalksSidewaysAsCombinatorsSay) {
  const auto text = [](const char* rules) {
    return Read(std::string("<style>") + rules +
                "</style><ul><li class=a>1</li> <li class=b>2</li> <li>3</li> <li>4</li></ul>")
        .text;
  };
  EXPECT_EQ(text(".a + li{display:none}"), "1\n3\n4");
  EXPECT_EQ(text(".b ~ li{display:none}"), "1\n2");
  EXPECT_EQ(text(".a + .b + li{display:none}"), "1\n2\n4");
  EXPECT_EQ(text("li:nth-child(even){display:none}"), "1\n3");
  EXPECT_EQ(text("li:nth-child(-n+2){display:none}"), "3\n4");
  EXPECT_EQ(text("ul > li:not(.a):not(.b){display:none}"), "1\n2");
  EXPECT_EQ(text("li:nth-last-child(2){display:none}"), "1\n2\n4");
}

TEST(Visibility, TellsWhyForEachElementOnItsOwnLine) {
  const wire::Facts facts = Read(
      "<p>a<span style=display:none>b <i>c</i></span>d<p style=visibility:hidden>e<b "
      "style=visibility:visible>f</b>"
      "<div style='opacity:0'><div>g</div><div>h</div></div><dialog>i</dialog><dialog open>j</dialog>");
  EXPECT_EQ(facts.text, "ad\nf\nj");
  EXPECT_EQ(facts.hidden_text, "display-none: b c\ninvisible: e\ntransparent: g h\ndisplay-none: i");
}

TEST(Visibility, SeesThatALaterBoxLiesOverAnEarlierOne) {
  const std::string box = "position:absolute;left:0;top:0;width:200px;height:20px;";
  const auto page = [&](const std::string& second) {
    return Read("<div><div style='" + box + "'>under</div><div style='" + box + second +
                "'>over</div></div>");
  };
  EXPECT_EQ(page("background:#ddd").text, "over");
  EXPECT_EQ(page("background:#ddd").hidden_text, "covered: under");
  EXPECT_EQ(page("").text, "under\nover");
  EXPECT_EQ(page("background:#ddd;left:300px").text, "under\nover");
}

TEST(Visibility, DoesNotGuessColoursWhereAnExternalSheetMayDecide) {
  const std::string bait = "<p style='color:#fff'>bait";
  EXPECT_EQ(Read("<link rel=stylesheet href=x.css>" + bait).text, "bait");
  EXPECT_EQ(Read("<link rel=stylesheet href=x.css><p style='color:#fff;background:#fff'>bait").text, "");
}

TEST(Visibility, LeavesLinksOfHiddenElementsOut) {
  const wire::Facts facts = Read(
      "<style>a[href*=\"evil\"]{display:none}</style><a href=/evil>x</a><a href=/good>y</a>"
      "<p style='visibility:hidden'><a href=/bad>z</a><a href=/fine style='visibility:visible'>w</a>");
  ASSERT_EQ(facts.links.size(), 2U);
  EXPECT_TRUE(facts.links[0].url.ends_with("/good"));
  EXPECT_TRUE(facts.links[1].url.ends_with("/fine"));
}

TEST(Visibility, GivesUpOnSheetsThatAreMeantToBeSlowAndSaysSo) {
  std::string page = "<style>";
  for (int i = 0; i < 3000; ++i)
    page += "div div div div div div div div b.x" + std::to_string(i % 7) + " i{color:red}";
  page += "</style>";
  for (int i = 0; i < 400; ++i) page += "<div>";
  for (int i = 0; i < 4000; ++i) page += "<i>t</i>";
  EXPECT_TRUE(Read(page).hidden_text.ends_with("style-unread:"));
  std::string many = "<style>";
  for (int i = 0; i < 5000; ++i) many += ".a" + std::to_string(i) + "{display:none}";
  EXPECT_EQ(Read(many + "</style><p class=a3>x<p>y").hidden_text, "display-none: x\nstyle-unread:");
}

}  // namespace
}  // namespace nightjar::extract
