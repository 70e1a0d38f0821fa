// SPDX-License-Identifier: Apache-2.0
// The fixed markup of ForumSite. Frames are fmt patterns; their arguments stand in the comment above each.
#pragma once

#include <string_view>

namespace nightjar::world {

inline constexpr std::string_view kForumStyle = R"css(
body { font: 13px/1.4 Verdana, Helvetica, Arial, sans-serif; color: #333; background: #f5f7fa; margin: 0; padding: 12px 0; }
#wrap { max-width: 1100px; margin: 0 auto; background: #fff; border: 1px solid #e6e9ed; border-radius: 8px; padding: 15px; }
.headerbar { background: #12a3eb linear-gradient(to bottom, #6aceff 0%, #0076b1 100%); color: #fff; border-radius: 7px; padding: 10px 15px; }
.headerbar h1 { margin: 0; font-size: 22px; } a { color: #105289; text-decoration: none; } a:hover { color: #d31141; }
.navbar { background: #cadceb; border-radius: 7px; padding: 5px 10px; margin: 4px 0; }
ul.topiclist { list-style: none; margin: 0; padding: 5px; background: #ecf3f7; border-radius: 7px; } ul.topiclist li.row { border-bottom: 1px solid #cadceb; }
ul.topiclist dl { display: flex; margin: 0; padding: 6px; } ul.topiclist dt { flex: 1; } ul.topiclist dd { width: 120px; margin: 0; text-align: center; }
.post { background: #ecf3f7; border-radius: 7px; padding: 8px 10px; margin-bottom: 6px; display: flex; } .post:nth-child(even) { background: #e1ebf2; }
.postprofile { width: 190px; margin: 0; border-right: 1px solid #fff; } .postprofile dd { margin: 0; font-size: 11px; } .postbody { flex: 1; padding-left: 14px; }
.author { font-size: 11px; color: #555; } .content { min-height: 4em; } .signature { border-top: 1px solid #ccc; font-size: 11px; margin-top: 12px; }
.pagination { text-align: right; font-size: 12px; margin: 8px 0; } .error { color: #bc2a4d; } .copyright { text-align: center; font-size: 11px; padding: 8px; }
)css";

// title, style, content
inline constexpr std::string_view kForumFrame = R"html(<!DOCTYPE html>
<html dir="ltr" lang="en-gb">
<head>
<title>{}</title>
<style>{}</style>
</head>
<body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap">
<div class="headerbar"><h1>The collectors' forum</h1><p>Old things and how to keep them</p></div>
<div class="navbar"><a href="./">Board index</a> &bull; <a href="./ucp.php?mode=login">Login</a> &bull; <a href="./viewtopic.php?t=99999999">Announcement</a></div>
{}
<div class="copyright">A synthetic forum for tests. All names are invented.</div>
</div>
</body>
</html>
)html";

// number, author link, author's posts, author's country, thread title, time, text, note of edits
inline constexpr std::string_view kForumPost = R"html(<div id="p{0}" class="post has-profile">
<dl class="postprofile"><dt>{1}</dt><dd class="profile-posts"><strong>Posts:</strong> {2}</dd><dd class="profile-location"><strong>Location:</strong> {3}</dd></dl>
<div class="postbody"><h3><a href="#p{0}">Re: {4}</a></h3>
<p class="author">by <strong>{1}</strong> &raquo; <time>{5}</time></p>
<div class="content">
{6}</div>{7}</div>
</div>
)html";

// author link, time, times edited
inline constexpr std::string_view kForumEdited =
    R"html(<div class="notice">Last edited by {} on <time>{}</time>, edited {} {} in total.</div>)html";

inline constexpr std::string_view kForumLocked =
    R"html(<p class="locked">This topic is locked, you cannot edit posts or make further replies.</p>
)html";

// name, joined, country, posts, last active, threads
inline constexpr std::string_view kForumUser = R"html(<h2>Viewing profile - {}</h2>
<dl class="details"><dt>Joined:</dt><dd>{}</dd><dt>Location:</dt><dd>{}</dd><dt>Total posts:</dt><dd>{}</dd>{}</dl>
<h3>Topics opened</h3>
<ul>
{}</ul>
)html";

// remark
inline constexpr std::string_view kForumLogin = R"html(<h2>Login</h2>
{}<form action="./ucp.php?mode=login" method="post" id="login">
<dl><dt><label for="username">Username:</label></dt><dd><input type="text" name="username" id="username"></dd></dl>
<dl><dt><label for="password">Password:</label></dt><dd><input type="password" name="password" id="password"></dd></dl>
<input type="hidden" name="redirect" value="./index.php"><input type="submit" name="login" value="Login">
</form>
)html";

}  // namespace nightjar::world
