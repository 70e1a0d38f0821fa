// SPDX-License-Identifier: Apache-2.0
#include "tests/world/pages/forum_site.h"

#include <fmt/format.h>

#include "tests/world/pages/forum_looks.h"
#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

constexpr std::size_t kThreadsPerPage = 15;
constexpr std::size_t kPostsPerPage = 10;

// As bulletin boards count: by the first item shown, not by page.
std::string StartTarget(std::string_view script, std::size_t number, std::size_t page, std::size_t per_page) {
  const std::string target = fmt::format("/{}={}", script, number);
  return page == 1 ? target : fmt::format("{}&start={}", target, (page - 1) * per_page);
}

std::string BoardTarget(std::size_t board, std::size_t page) {
  return StartTarget("viewforum.php?f", board + 1, page, kThreadsPerPage);
}
std::string ThreadTarget(const Thread& thread, std::size_t page) {
  return StartTarget("viewtopic.php?t", thread.number, page, kPostsPerPage);
}
std::string UserTarget(std::size_t user) {
  return fmt::format("/memberlist.php?mode=viewprofile&u={}", user + 1);
}

std::string Link(std::string_view target, std::string_view text) {
  return fmt::format("<a href=\".{}\">{}</a>", Escape(target), Escape(text));
}

// The page whose first item is asked for; nothing when no page starts there.
std::optional<std::size_t> PageFromStart(const Request& request, std::size_t items, std::size_t per_page) {
  const std::uint64_t start = request.Query("start") ? request.QueryNumber("start").value_or(1) : 0;
  if (start % per_page != 0 || (start != 0 && start >= items)) return std::nullopt;
  return start / per_page + 1;
}

template <typename TargetOfPage>
std::string Pager(std::size_t current, std::size_t last, const TargetOfPage& target) {
  std::string pager;
  for (const std::size_t page : PagerNumbers(current, last))
    pager += page == current ? fmt::format("<strong>{}</strong> ", page)
                             : Link(target(page), std::to_string(page)) + " ";
  return fmt::format("<div class=\"pagination\">Page {} of {} &bull; {}</div>\n", current, last, pager);
}

std::string Clock(const Post& post) {
  return fmt::format("{} {:02}:{:02}", IsoDay(post.day), post.minute / 60, post.minute % 60);
}

}  // namespace

Page ForumSite::Answer(const Request& request) const {
  if (request.path == "/" || request.path == "/index.php") return IndexPage();
  if (request.path == "/viewforum.php") return BoardPage(request);
  if (request.path == "/viewtopic.php") return ThreadPage(request);
  if (request.path == "/memberlist.php") return UserPage(request);
  if (request.path == "/ucp.php") return LoginPage(request);
  if (request.path == "/robots.txt") {
    Page page;
    page.content_type = "text/plain";
    page.body = "# Members like to be left alone.\nUser-agent: *\n\nDisallow: /memberlist.php\n";
    return page;
  }
  return NoSuchPage();
}

std::vector<Place> ForumSite::Places() const {
  std::vector<Place> places = {{PlaceKind::kHome, "/"},
                               {PlaceKind::kForm, "/ucp.php?mode=login"},
                               {PlaceKind::kGone, "/viewtopic.php?t=99999999"}};
  for (std::size_t board = 0; board < BoardNames().size(); ++board) {
    for (std::size_t page = 1; page <= PagesFor(forum_->OnBoard(board).size(), kThreadsPerPage); ++page)
      places.push_back({PlaceKind::kBoard, BoardTarget(board, page)});
  }
  for (const Thread& thread : forum_->threads()) {
    for (std::size_t page = 1; page <= PagesFor(thread.posts.size(), kPostsPerPage); ++page)
      places.push_back({PlaceKind::kThread, ThreadTarget(thread, page)});
  }
  for (std::size_t user = 0; user < forum_->users().size(); ++user) {
    if (forum_->users()[user].posts > 0) places.push_back({PlaceKind::kUser, UserTarget(user)});
  }
  return places;
}

Page ForumSite::Framed(std::string_view title, std::string_view content, int status) const {
  Page page;
  page.status = status;
  page.content_type = "text/html; charset=UTF-8";
  page.body = fmt::format(kForumFrame, Escape(title), kForumStyle, content);
  return page;
}

Page ForumSite::IndexPage() const {
  std::string boards;
  for (std::size_t board = 0; board < BoardNames().size(); ++board)
    boards += fmt::format("<li class=\"row\"><dl><dt>{}</dt><dd class=\"topics\">{} topics</dd></dl></li>\n",
                          Link(BoardTarget(board, 1), BoardNames()[board]), forum_->OnBoard(board).size());
  return Framed(
      "Forum &bull; Index",
      fmt::format(
          "<ul class=\"topiclist forums\">\n{}</ul>\n<p class=\"stats\">Total posts <strong>{}</strong> "
          "&bull; Total topics <strong>{}</strong> &bull; Total members <strong>{}</strong></p>\n",
          boards, forum_->posts(), forum_->threads().size(), forum_->users().size()));
}

Page ForumSite::BoardPage(const Request& request) const {
  const std::uint64_t number = request.QueryNumber("f").value_or(0);
  if (number < 1 || number > BoardNames().size()) return NoSuchPage();
  const std::size_t board = number - 1;
  const std::vector<std::uint32_t>& threads = forum_->OnBoard(board);
  const std::optional<std::size_t> page = PageFromStart(request, threads.size(), kThreadsPerPage);
  if (!page) return NoSuchPage();
  std::string rows;
  const std::size_t end = std::min(threads.size(), *page * kThreadsPerPage);
  for (std::size_t i = (*page - 1) * kThreadsPerPage; i < end; ++i) {
    const Thread& thread = forum_->threads()[threads[i]];
    const Post& first = thread.posts.front();
    rows += fmt::format(
        "<li class=\"row\"><dl><dt>{}<br>by {} &raquo; {}</dt><dd class=\"posts\">{} "
        "replies</dd></dl></li>\n",
        Link(ThreadTarget(thread, 1), thread.title),
        Link(UserTarget(first.author), forum_->users()[first.author].name), Clock(first),
        thread.posts.size() - 1);
  }
  return Framed(
      BoardNames()[board],
      fmt::format("<h2>{}</h2>\n<ul class=\"topiclist\">\n{}</ul>\n{}", Escape(BoardNames()[board]), rows,
                  Pager(*page, PagesFor(threads.size(), kThreadsPerPage),
                        [&](std::size_t to) { return BoardTarget(board, to); })));
}

std::string ForumSite::PostBox(const Thread& thread, std::size_t index) const {
  const Post& post = thread.posts[index];
  const User& author = forum_->users()[post.author];
  const std::string link = Link(UserTarget(post.author), author.name);
  const std::string edited = post.edits.empty()
                                 ? ""
                                 : fmt::format(kForumEdited, link, IsoDay(post.edits.back()),
                                               post.edits.size(), post.edits.size() == 1 ? "time" : "times");
  return fmt::format(kForumPost, post.number, link, author.posts, author.country, Escape(thread.title),
                     Clock(post), Paragraphs(forum_->Text(post)), edited);
}

Page ForumSite::ThreadPage(const Request& request) const {
  const std::uint64_t number = request.QueryNumber("t").value_or(0);
  if (number < 1 || number > forum_->threads().size()) return NoSuchPage();
  const Thread& thread = forum_->threads()[number - 1];
  const std::optional<std::size_t> shown = PageFromStart(request, thread.posts.size(), kPostsPerPage);
  if (!shown) return NoSuchPage();
  std::string posts;
  const std::size_t end = std::min(thread.posts.size(), *shown * kPostsPerPage);
  for (std::size_t i = (*shown - 1) * kPostsPerPage; i < end; ++i) posts += PostBox(thread, i);
  Page page = Framed(thread.title,
                     fmt::format("<p class=\"crumbs\">{}</p>\n<h2 class=\"topic-title\">{}</h2>\n{}{}{}",
                                 Link(BoardTarget(thread.board, 1), BoardNames()[thread.board]),
                                 Escape(thread.title), thread.locked ? kForumLocked : "", posts,
                                 Pager(*shown, PagesFor(thread.posts.size(), kPostsPerPage),
                                       [&](std::size_t to) { return ThreadTarget(thread, to); })));
  page.framing = Framing::kChunked;
  page.gzip = true;
  return page;
}

Page ForumSite::UserPage(const Request& request) const {
  const std::uint64_t number = request.QueryNumber("u").value_or(0);
  if (number < 1 || number > forum_->users().size()) return NoSuchPage();
  const User& user = forum_->users()[number - 1];
  std::string threads;
  for (const std::uint32_t index : user.threads) {
    const Thread& thread = forum_->threads()[index];
    threads += fmt::format("<li>{}</li>\n", Link(ThreadTarget(thread, 1), thread.title));
  }
  return Framed(
      "Viewing profile - " + user.name,
      fmt::format(
          kForumUser, user.name, IsoDay(user.joined), user.country, user.posts,
          user.last_seen ? fmt::format("<dt>Last active:</dt><dd>{}</dd>", IsoDay(*user.last_seen)) : "",
          threads));
}

Page ForumSite::LoginPage(const Request& request) const {
  const bool tried = request.method == "POST";
  return Framed("Login",
                fmt::format(kForumLogin, tried ? "<p class=\"error\">Incorrect username.</p>\n" : ""));
}

Page ForumSite::NoSuchPage() const {
  return Framed("Information",
                "<h2>Information</h2>\n<p>The requested topic does not exist. See the "
                "<a href=\"./viewtopic.php?t=99999999\">announcement</a>.</p>\n",
                404);
}

void ForumSite::Tell(Truth& truth) const {
  json::object site = SiteEntry(*this, "forum", "utf-8");
  site["announced"] = {
      {"posts", forum_->posts()}, {"threads", forum_->threads().size()}, {"users", forum_->users().size()}};
  truth.sites.push_back(std::move(site));
  for (const Thread& thread : forum_->threads()) TellThread(truth, thread);
  for (std::size_t user = 0; user < forum_->users().size(); ++user)
    if (forum_->users()[user].posts > 0) TellUser(truth, user);
}

void ForumSite::TellUser(Truth& truth, std::size_t index) const {
  const User& user = forum_->users()[index];
  truth.users.push_back(
      {{"site", who().name},
       {"path", UserTarget(index)},
       {"id", std::to_string(index + 1)},
       {"name", user.name},
       {"joined", IsoDay(user.joined)},
       {"country", user.country},
       {"posts", user.posts},
       {"threads", user.threads.size()},
       {"last_seen", user.last_seen ? json::value(IsoDay(*user.last_seen)) : json::value()}});
}

void ForumSite::TellThread(Truth& truth, const Thread& thread) const {
  truth.threads.push_back({{"site", who().name},
                           {"path", ThreadTarget(thread, 1)},
                           {"id", std::to_string(thread.number)},
                           {"title", thread.title},
                           {"board", BoardNames()[thread.board]},
                           {"author", forum_->users()[thread.posts.front().author].name},
                           {"posts", thread.posts.size()},
                           {"locked", thread.locked}});
  for (std::size_t i = 0; i < thread.posts.size(); ++i) {
    const Post& post = thread.posts[i];
    std::string text;
    for (const std::string& paragraph : forum_->Text(post)) text += (text.empty() ? "" : "\n") + paragraph;
    truth.posts.push_back(
        {{"site", who().name},
         {"path", ThreadTarget(thread, i / kPostsPerPage + 1)},
         {"id", fmt::format("p{}", post.number)},
         {"anchor", fmt::format("p{}", post.number)},
         {"thread", thread.title},
         {"author", forum_->users()[post.author].name},
         {"posted", Clock(post)},
         {"edited", post.edits.empty() ? json::value() : json::value(IsoDay(post.edits.back()))},
         {"edits", post.edits.size()},
         {"text", text}});
  }
}

}  // namespace nightjar::world
