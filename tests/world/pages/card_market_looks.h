// SPDX-License-Identifier: Apache-2.0
// The fixed markup of CardMarket. Frames are fmt patterns; their arguments stand in the comment above each.
#pragma once

#include <string_view>

namespace nightjar::world {

inline constexpr std::string_view kCardStyle = R"css(
:root { --ink: #20242b; --paper: #fbfbfa; --line: #e3e1dc; --accent: #2f6f62; --soft: #f1efea; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
header.bar { display: flex; align-items: center; gap: 24px; padding: 14px 28px; background: #fff; border-bottom: 1px solid var(--line); }
header.bar .brand { font-weight: 700; font-size: 20px; letter-spacing: .04em; }
header.bar form { margin-left: auto; display: flex; gap: 6px; }
input { border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; font: inherit; }
button { border: 0; border-radius: 6px; padding: 6px 14px; background: var(--accent); color: #fff; font: inherit; }
.layout { display: grid; grid-template-columns: 230px minmax(0, 1fr); gap: 28px; max-width: 1180px; margin: 24px auto; padding: 0 20px; }
aside.menu { font-size: 14px; } aside.menu h4 { margin: 14px 0 4px; text-transform: uppercase; font-size: 12px; color: #777; }
aside.menu ul { list-style: none; margin: 0; padding: 0; } .cat { display: flex; justify-content: space-between; padding: 3px 6px; border-radius: 4px; }
.cat:hover { background: var(--soft); text-decoration: none; } .cat-count { color: #999; font-variant-numeric: tabular-nums; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 14px; }
.card-art { height: 110px; border-radius: 8px; background: linear-gradient(135deg, #e9e5da, #d4ddd8); }
.card-title { font-size: 16px; margin: 10px 0 4px; } .card-line { margin: 2px 0; font-size: 14px; }
.price { font-weight: 600; } .coin { color: #777; font-size: 13px; }
.offer { background: #fff; border: 1px solid var(--line); border-radius: 12px; padding: 24px; }
dl.facts { display: grid; grid-template-columns: repeat(2, 1fr); gap: 6px 28px; } .pair { display: flex; gap: 12px; border-bottom: 1px solid var(--soft); padding: 5px 0; }
.pair dt { width: 120px; color: #777; margin: 0; } .pair dd { margin: 0; }
.tag { background: var(--soft); border-radius: 10px; padding: 1px 9px; font-size: 13px; }
.crumbs { font-size: 13px; color: #777; margin-bottom: 10px; } .crumbs a { color: #777; }
.review { border-top: 1px solid var(--line); padding: 10px 0; } .review-head { font-size: 13px; color: #777; }
.stars { color: #b07b1e; font-weight: 600; } .stars-1, .stars-2 { color: #a23b2e; }
.pager { margin: 20px 0; display: flex; gap: 6px; } .page { border: 1px solid var(--line); border-radius: 6px; padding: 2px 10px; } .here { background: var(--soft); }
.note-q7 { display: none; }
pre.key { background: var(--soft); padding: 12px; border-radius: 8px; overflow-x: auto; font-size: 12px; }
.alert { color: #a23b2e; } footer.end { border-top: 1px solid var(--line); color: #777; font-size: 13px; padding: 20px 28px; }
@media (max-width: 800px) { .layout { grid-template-columns: 1fr; } dl.facts { grid-template-columns: 1fr; } }
)css";

// title, style, own address, menu, content
inline constexpr std::string_view kCardFrame = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>{}</style>
</head>
<body>
<header class="bar"><a class="brand" href="{}">Atelier</a>
<nav><a href="/journal/packing/">Journal</a> <a href="/journal/spring-fair/">Spring fair</a> <a href="/signin">Sign in</a></nav>
<form action="/find" method="get" role="search"><input type="search" name="q" placeholder="Search offers"><button>Find</button></form></header>
<div class="layout">
<aside class="menu">
{}</aside>
<main>
{}
</main>
</div>
<footer class="end"><p>Atelier shows synthetic goods for tests. Nothing here exists, nothing is sold, nobody is meant.</p>
<p><a href="/journal/packing/">How to pack</a> · <a href="/canary.txt">Canary</a> · <a href="/signin">Sign in</a></p></footer>
</body>
</html>
)html";

// number of listings, number of vendors, picked listings
inline constexpr std::string_view kCardHome = R"html(<h1>Old things, well kept</h1>
<p class="count">Browse <strong>{}</strong> offers from <strong>{}</strong> sellers.</p>
<h2>Picked for you</h2>
<ul class="picks">
{}</ul>
<p>Every seller here packs by hand. Read the <a href="journal/packing/">journal</a> for how it is done.</p>
)html";

// category target, top, leaf, title, facts, decoy, description, reviews
inline constexpr std::string_view kCardListing = R"html(<article class="offer">
<div class="crumbs"><a href="/">Atelier</a> › <a href="{}"><span>{}</span> › <span>{}</span></a></div>
<h1 class="offer-title">{}</h1>
<dl class="facts">
{}</dl>
<p class="note-q7">{}</p>
<section class="about"><h2>About this piece</h2>
{}</section>
<form action="/signin" method="post"><input type="number" name="pieces" value="1" min="1"> <button>Add to basket</button></form>
</article>
<section class="reviews"><h2>Reviews</h2>
{}</section>
)html";

// name, away, facts, terms, key, announcement, cards
inline constexpr std::string_view kCardSeller = R"html(<h1>{}</h1>
{}<dl class="facts">
{}</dl>
<section class="terms"><h2>Terms</h2>
{}</section>
<section><h2>PGP</h2>
<pre class="key">{}</pre></section>
{}<h2>Offers</h2>
{})html";

// day
inline constexpr std::string_view kCardAway =
    R"html(<p class="alert away">Away since <time datetime="{0}">{0}</time>: orders wait until the seller returns.</p>
)html";

// text
inline constexpr std::string_view kCardAnnouncement =
    R"html(<section class="announcement"><h2>Announcement</h2>
<pre>{}</pre></section>
)html";

// name
inline constexpr std::string_view kCardBanned = R"html(<h1>{}</h1>
<p class="alert ban">This seller may no longer trade here.</p>
)html";

// remark
inline constexpr std::string_view kCardSignIn = R"html(<h1>Sign in</h1>
{}<form class="signin" action="/signin" method="post">
<p><label>Name <input name="login" autocomplete="username"></label></p>
<p><label>Passphrase <input type="password" name="passphrase"></label></p>
<p><button>Sign in</button></p>
</form>
)html";

inline constexpr std::string_view kCardJournal = R"html(<h1>How to pack a teapot</h1>
<p>Lid and pot travel apart. Fill both with crumpled paper, wrap each twice, and let nothing touch the wall of the box.</p>
<p>Shake the box. If you hear anything, begin again.</p>
)html";

}  // namespace nightjar::world
