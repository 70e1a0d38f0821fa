// SPDX-License-Identifier: Apache-2.0
// The fixed markup of TableMarket. Frames are fmt patterns; their arguments stand in the comment above each.
#pragma once

#include <string_view>

namespace nightjar::world {

inline constexpr std::string_view kTableStyle = R"css(
body { margin: 0; padding: 0; background: #e8e4da; color: #222; font: 12px Verdana, Arial, Helvetica, sans-serif; }
a { color: #1a4a7a; text-decoration: none; } a:hover { text-decoration: underline; }
h1 { font: bold 22px Georgia, serif; color: #fff; margin: 0; padding: 10px 14px; }
h2 { font: bold 16px Georgia, serif; color: #5a3a1a; border-bottom: 1px solid #c8b99a; padding-bottom: 3px; }
h3 { font: bold 13px Georgia, serif; color: #5a3a1a; margin: 14px 0 4px 0; }
table.main { width: 960px; margin: 8px auto; background: #fffdf7; border: 1px solid #c8b99a; border-collapse: collapse; }
td.top { background: #5a3a1a; } td.top a { color: #f3e7cf; padding: 0 8px; }
td.side { width: 190px; vertical-align: top; background: #f4eee0; border-right: 1px solid #c8b99a; padding: 6px; }
td.content { vertical-align: top; padding: 8px 14px; }
td.menuhead { font-weight: bold; padding-top: 8px; color: #5a3a1a; }
td.menuitem { padding-left: 8px; font-size: 11px; } span.n { color: #888; }
table.list th { background: #f4eee0; text-align: left; border-bottom: 1px solid #c8b99a; }
table.list td { border-bottom: 1px dotted #d8cdb4; vertical-align: top; }
td.label { background: #f9f4e8; white-space: nowrap; } td.value { background: #fffdf7; }
td.fb { font-size: 11px; border-bottom: 1px dotted #d8cdb4; padding: 2px 6px; vertical-align: top; }
p.pager { text-align: center; } p.err { color: #a00; font-weight: bold; }
pre { font: 11px "Courier New", monospace; background: #f4eee0; padding: 6px; overflow: auto; }
td.foot { background: #f4eee0; font-size: 10px; color: #777; padding: 8px 14px; border-top: 1px solid #c8b99a; }
input, select { font: 11px Verdana, sans-serif; border: 1px solid #b5a684; padding: 2px; }
.news { background: #fbf6e9; border: 1px solid #e2d7bd; padding: 6px 10px; margin-top: 10px; }
)css";

// title, style, own host, menu, content
inline constexpr std::string_view kTableFrame =
    R"html(<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<title>{}</title>
<style type="text/css">{}</style>
</head>
<body bgcolor="#e8e4da">
<table class="main" cellspacing="0" cellpadding="0">
<tr><td class="top" colspan="2"><h1>Bazaar</h1>
<a href="index.php">Home</a> | <a href="http://{}/index.php">Start page</a> | <a href="login.php">Login</a> | <a href="./help.php?topic=fees">Fees</a> | <a href="../rules.php">Rules</a> | <a href="help.php?topic=mediation">Mediation</a></td></tr>
<tr><td class="side">
<form action="search.php" method="get"><input type="text" name="q" size="14"><input type="submit" value="Search"></form>
<table cellspacing="0" cellpadding="1" width="100%">
{}</table>
</td><td class="content">
{}
</td></tr>
<tr><td class="foot" colspan="2">Bazaar is a place of synthetic goods: nothing here exists and nothing can be ordered.
All prices are shown in US dollars; amounts in coins follow the rate of the day.
<br><a href="rules.php">Rules</a> &middot; <a href="mirrors.php">Mirrors</a> &middot; <a href="help.php?topic=fees">Fees</a> &middot; <a href="#">Back to top</a></td></tr>
</table>
</body>
</html>
)html";

// title, rows of facts, number, description, decoy, rows of feedback
inline constexpr std::string_view kTableListing = R"html(<h2>{}</h2>
<table width="100%" cellpadding="0" cellspacing="0"><tr><td width="150" valign="top"><img src="img/none.gif" width="140" height="140" alt="no picture"></td><td valign="top">
<table width="100%" cellpadding="4" cellspacing="1">
{}</table>
</td></tr></table>
<form action="login.php" method="post"><input type="hidden" name="item" value="{}">Quantity: <input type="text" name="n" size="3" value="1"> <select name="post"><option>Letter post</option><option>Parcel</option><option>Registered parcel</option></select> <input type="submit" value="Order"></form>
<h3>Description</h3>
<div class="desc">
{}</div>
<p style="display:none">{}</p>
<h3>Feedback</h3>
<table width="100%" cellpadding="2" cellspacing="0">
<tr><th align="left">Date</th><th align="left">Stars</th><th align="left">Buyer</th><th align="left">Comment</th></tr>
{}</table>
)html";

// text
inline constexpr std::string_view kTableAnnouncement = R"html(<h3>Announcement</h3>
<div class="news"><pre>{}</pre></div>
)html";

inline constexpr std::string_view kTableNews = R"html(<div class="news"><h3>News</h3>
<p><b>Jan 08, 2026</b>: Search now also finds words inside longer words.</p>
<p><b>Dec 29, 2025</b>: The category for barometers has moved next to the clocks, where everybody looked for it.</p>
<p><b>Dec 11, 2025</b>: Parcels may take longer before the holidays. Please write to your vendor first.</p></div>
)html";

inline constexpr std::string_view kTableLoginForm = R"html(<form action="login.php" method="post">
<table cellpadding="4">
<tr><td>Name</td><td><input type="text" name="user"></td></tr>
<tr><td>Password</td><td><input type="password" name="pass"></td></tr>
<tr><td></td><td><input type="hidden" name="token" value="5f1d0c7a"><input type="submit" value="Login"></td></tr>
</table>
</form>
)html";

inline constexpr std::string_view kTableFees = R"html(<h2>Fees</h2>
<table cellpadding="4" border="1">
<tr><th>Order up to</th><th>Fee</th></tr>
<tr><td>$50.00</td><td>4 %</td></tr>
<tr><td>$500.00</td><td>3 %</td></tr>
<tr><td>above</td><td>2 %</td></tr>
</table>
<p>Fees are taken from the vendor, never from the buyer.</p>
)html";

inline constexpr std::string_view kTableRules = R"html(<h2>Rules</h2>
<ol>
<li>Describe what you sell as it is, with its faults.</li>
<li>Answer within two days, or mark yourself as away.</li>
<li>Pack well. Breakage in the post is the vendor's matter.</li>
<li>Write feedback after the parcel has come, not before.</li>
<li>Quarrels go to the forum only after both sides have slept over them.</li>
</ol>
)html";

}  // namespace nightjar::world
