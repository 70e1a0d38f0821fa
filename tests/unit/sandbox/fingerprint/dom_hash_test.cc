// SPDX-License-Identifier: Apache-2.0
// The reference is AIL's own way, run by Python where BeautifulSoup and lxml are installed.
#include "sandbox/fingerprint/dom_hash.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/file.h"
#include "sandbox/fingerprint/skeleton.h"

namespace nightjar::fingerprint {
namespace {

constexpr const char* kPages[] = {
    "<p>a",
    "text only",
    "<!doctype html><html><head><title>t</title></head><body><h1>x</h1><p>y<br>z</body></html>",
    "<table><tr><td>a<td>b</table>",
    "<TITLE>t</TITLE><ul><li>a<li>b</ul><p>one<p>two<div>three</div>",
    "<script>if (a < b) document.write('<b>');</script><style>p{}</style><!-- <i>no</i> --><b>yes</b>",
    "<head><p>in head</p></head><body><body class=x><html lang=en><p>y",
    "<svg><path d=M0/><g></g></svg><custom-element><x:y>q</x:y></custom-element>",
    "<a href=1>x<a href=2>y<form><form><input><select><option>1<option>2</select>",
    "<b><i>x</b>y</i><frameset><frame></frameset><noscript><img src=x></noscript>",
    "<p>\xD0\x9B\xD0\xB0\xD0\xBC\xD0\xBF\xD0\xB0<meta charset=windows-1251><p>\xF0\x9F\xA6\x89",
    "</p></div><br/><hr/><p/>x<textarea><b>no</b></textarea>",
    "<div><![CDATA[x]]><?php echo 1 ?><!bogus><//><a<b>",
};

// Their hashes, one a line, in the order of the files.
std::string AskPython(const std::vector<std::string>& files) {
  static constexpr const char* kScript =
      "import sys,hashlib,warnings\n"
      "warnings.simplefilter('ignore')\n"
      "from bs4 import BeautifulSoup\n"
      "import lxml\n"
      "for name in sys.argv[1:]:\n"
      "    text = open(name, encoding='utf-8', errors='replace', newline='').read()\n"
      "    names = '|'.join(t.name for t in BeautifulSoup(text, 'lxml').findAll())\n"
      "    print(hashlib.sha256(names.encode()).hexdigest()[:32] if names else '')\n";
  std::string command = "/usr/bin/python3 -c \"" + std::string(kScript) + "\"";
  for (const std::string& file : files) command += " '" + file + "'";
  std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  std::string answer;
  std::array<char, 4096> buffer;
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    answer.append(buffer.data(), n);
  ::pclose(pipe);
  return answer;
}

TEST(DomHash, IsTheHashOfTheNamesInOrder) {
  const std::string expected = Sha256("html|body|p|b|p").Hex().substr(0, 32);
  EXPECT_EQ(DomHash("<p>a <b>b</b><p class=x>c"), expected);
  EXPECT_EQ(DomHash(""), "");
}

// Compares each file; false where the reference is not installed.
bool Compare(const std::vector<std::string>& files) {
  std::string answer = AskPython(files);
  if (answer.empty()) return false;
  for (const std::string& file : files) {
    const std::size_t end = answer.find('\n');
    EXPECT_EQ(DomHash(ToValidUtf8(*ReadFile(file))), answer.substr(0, end)) << file;
    answer.erase(0, end + 1);
  }
  return true;
}

TEST(DomHash, IsTheOneOfAilForMarkupOfEveryShape) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("dom-hash-{}", ::getpid());
  std::filesystem::create_directories(folder);
  std::vector<std::string> files;
  for (const char* page : kPages) {
    files.push_back(folder / std::to_string(files.size()));
    ASSERT_TRUE(WriteFileDurably(files.back(), page));
  }
  const bool compared = Compare(files);
  std::filesystem::remove_all(folder);
  if (!compared) GTEST_SKIP() << "SKIP: python3-bs4 or python3-lxml not installed";
}

TEST(DomHash, IsTheOneOfAilForRealPages) {
  const std::string real = std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages";
  if (!std::filesystem::exists(real)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(real)) {
    if (entry.path().extension() == ".html") files.push_back(entry.path());
  }
  EXPECT_GT(files.size(), 40U);
  if (!Compare(files)) GTEST_SKIP() << "SKIP: python3-bs4 or python3-lxml not installed";
}

TEST(DomHash, IsNotChangedByCuttingTheMarkupToItsSkeleton) {
  constexpr std::string_view kPieces[] = {"<p>",
                                          "</p>",
                                          "<b>",
                                          "</b>",
                                          "text",
                                          " ",
                                          "\n",
                                          "<table>",
                                          "<td>",
                                          "</table>",
                                          "<br/>",
                                          "<div/>",
                                          "<a href=x/>",
                                          "<a href='/x' title=\"q > r\">",
                                          "</a>",
                                          "<script>a<b</script>",
                                          "<script>'</scripty'</script>",
                                          "<style>",
                                          "</style>",
                                          "<title>",
                                          "<i>in title</i>",
                                          "</title>",
                                          "<!-- c -->",
                                          "<!-- c",
                                          "-->",
                                          "<!>",
                                          "<?php ?>",
                                          "<!doctype html>",
                                          "<html lang=en>",
                                          "<head>",
                                          "</head>",
                                          "<body>",
                                          "</body>",
                                          "</html>",
                                          "&amp;",
                                          "&",
                                          "< ",
                                          "<1>",
                                          "<p a=\"",
                                          "\">",
                                          "\f",
                                          "\xEF\xBB\xBF",
                                          "<li>",
                                          "<ul>",
                                          "<form>",
                                          "<option>",
                                          "<P CLASS=x>",
                                          "<p\nid = y >",
                                          "<p a=b'c>",
                                          "<x-y>",
                                          "<svg:g>",
                                          "<textarea>",
                                          "</textarea>",
                                          "<h1>",
                                          "<frameset>",
                                          "<noscript>",
                                          "<meta charset=koi8-r>",
                                          "\x01",
                                          "</ p>",
                                          "<img src=a.png alt>",
                                          "<input disabled value=''/>"};
  std::uint64_t state = 11;
  for (int round = 0; round < 20'000; ++round) {
    std::string page;
    for (int i = 0; i < 12; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      page.append(kPieces[(state >> 33) % std::size(kPieces)]);
    }
    ASSERT_EQ(DomHash(page), HashOfNames(page)) << page;
  }
}

TEST(DomHash, NeedsLibxml2ForNoElementInsideTheBody) {
  // Every element of HTML 4 and 5, and one of nobody's, each inside and behind each other one.
  constexpr std::string_view kNames[] = {
      "a",        "abbr",     "acronym",  "address",  "applet", "area",     "article",    "aside",
      "audio",    "b",        "base",     "basefont", "bdo",    "big",      "blockquote", "body",
      "br",       "button",   "canvas",   "caption",  "center", "cite",     "code",       "col",
      "colgroup", "dd",       "del",      "details",  "dfn",    "dir",      "div",        "dl",
      "dt",       "em",       "embed",    "fieldset", "figure", "font",     "footer",     "form",
      "frame",    "frameset", "h1",       "h6",       "head",   "header",   "hr",         "html",
      "i",        "iframe",   "img",      "input",    "ins",    "isindex",  "kbd",        "label",
      "legend",   "li",       "link",     "main",     "map",    "math",     "menu",       "meta",
      "nav",      "noframes", "noscript", "object",   "ol",     "optgroup", "option",     "p",
      "param",    "pre",      "q",        "ruby",     "s",      "samp",     "script",     "section",
      "select",   "small",    "span",     "strike",   "strong", "style",    "sub",        "summary",
      "sup",      "svg",      "table",    "tbody",    "td",     "template", "textarea",   "tfoot",
      "th",       "thead",    "title",    "tr",       "tt",     "u",        "ul",         "var",
      "video",    "widget"};
  for (const std::string_view one : kNames) {
    for (const std::string_view other : kNames) {
      const std::string a(one);
      const std::string b(other);
      for (const std::string& page :
           {"<body><" + a + ">x<" + b + ">y</" + a + ">z</" + b + "><p>q",
            "<body>x</" + a + "><" + b + "/> z",
            "<html><head><" + a + "></head><body>t<" + b + "><div></div></" + a + ">t</body><" + b + ">t"})
        ASSERT_EQ(DomHash(page), HashOfNames(page)) << page;
    }
  }
}

TEST(Skeleton, CutsNothingThatLibxml2WouldReadOtherwise) {
  for (const std::string page : {"&", " &", "<p>&", "&amp", "x&", "<body>&", "</body>&", "<body/>#",
                                 "<body><p><html/>-", "<body><p><x/y><body/>t", "<body/ >#<p/ ><b/\n>c"})
    EXPECT_EQ(DomHash(page), HashOfNames(page)) << page;
}

TEST(Skeleton, IsTheMarkupUpToTheBodyItsNamesAndTheRest) {
  const Skeleton whole = SkeletonOf(
      "<!DOCTYPE html>\n<title>T</title><body class=\"a b\">Some <B>words<br /> and<script "
      "src='x'></script></b ></body> <!-- end -->");
  EXPECT_EQ(whole.before, "<!DOCTYPE html> <title>x</title><body>");
  EXPECT_EQ(whole.names, "b|br|script");
  EXPECT_EQ(whole.after, "</body> <!--x-->");
  const Skeleton none = SkeletonOf("<p class=\"a b\">Some words<br /> and<script src='x'></script></P >");
  EXPECT_FALSE(none.has_body);
  EXPECT_EQ(none.before, "<p>x<br/> x<script></script></P>");
}

TEST(Skeleton, ShowsAnOpenScriptAgainWhereCuttingEndsInIt) {
  const Skeleton skeleton = SkeletonOf("<body><p>a<script>'</scripty'</script><i>");
  EXPECT_EQ(skeleton.names, "p");
  EXPECT_EQ(skeleton.after, "<script>'</scripty'</script><i>");
}

}  // namespace
}  // namespace nightjar::fingerprint
