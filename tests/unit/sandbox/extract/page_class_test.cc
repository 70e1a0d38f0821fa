// SPDX-License-Identifier: Apache-2.0
// Every class against pages that have it, and against pages that only look so. No page is a real site's.
#include "sandbox/extract/page_class.h"

#include <gtest/gtest.h>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

using wire::PageClass;

std::string Times(std::string_view piece, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all.append(piece);
  return all;
}

const std::string kFrame =
    "<nav><a href=/>Home</a> <a href=/cart>Cart</a> <a href=/orders>Orders</a> <a href=/login>Login</a></nav>"
    "<div class=sidebar><ul><li><a href=/c/1>Lamps</a><li><a href=/c/2>Owls</a><li><a "
    "href=/c/3>Tiles</a></ul></div>";
const std::string kFoot =
    "<footer>Fine Goods Market 2024. Support. Terms. Search for anything not found above.</footer>";
const std::string kLong =
    Times("<p>A hand-made lamp of blue glass, packed well and sent the next day.</p>", 20);

std::string Status(int status, const std::string& body, const std::string& fields = "") {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: text/html; charset=utf-8\r\n" + fields +
         "\r\n" + body;
}

// A body alone is sent with status 200.
wire::Facts ReadAny(const std::string& page) {
  if (!page.starts_with("HTTP/")) return Read(page);
  const std::size_t end = page.find("\r\n\r\n") + 4;
  return ReadDocument(PageOf(page.substr(end), page.substr(0, end)));
}

void ExpectAll(PageClass wanted, const std::vector<std::string>& pages) {
  EXPECT_GE(pages.size(), 6U);
  for (const std::string& page : pages) {
    const wire::Facts facts = ReadAny(page);
    EXPECT_EQ(wire::PageClassName(facts.page_class), wire::PageClassName(wanted)) << page.substr(0, 400);
    EXPECT_FALSE(facts.decision.reasons.empty());
    EXPECT_GT(facts.decision.confidence, 0) << page.substr(0, 400);
  }
}

void ExpectNone(PageClass unwanted, const std::vector<std::string>& pages) {
  EXPECT_GE(pages.size(), 6U);
  for (const std::string& page : pages) {
    const wire::Facts facts = ReadAny(page);
    EXPECT_NE(wire::PageClassName(facts.page_class), wire::PageClassName(unwanted))
        << page.substr(0, 400) << "\nbecause " << facts.decision.reasons.at(0);
  }
}

const std::string kName =
    "<form method=post><input name=a><input type=password name=b><input type=submit value=Go></form>";

TEST(LoginPages, AreKnownInManyLanguages) {
  ExpectAll(PageClass::kLogin,
            {"<title>Login - Market</title>" + kName, "<title>Anmelden</title>" + kName,
             "<title>Вход на сайт</title>" + kName, "<title>Connexion</title>" + kName,
             "<title>Iniciar sesión</title>" + kName, "<title>Market</title><h2>Sign in</h2>" + kName,
             "<title>Market</title><form action=/login><input name=user><input type=password name=p></form>",
             kFrame + "<h1>Register</h1>" + kName + kFoot});
}

TEST(LoginPages, AreNotPagesThatOnlyAskForAPassword) {
  ExpectNone(
      PageClass::kLogin,
      {"<title>Blue lamp</title><h1>Blue lamp</h1><p>Price: $5<p>Seller: bob, last login today" + kName,
       "<title>Login help</title><p>How to log in: open the page, type your name.",
       "<title>Settings</title><h1>Change your PIN</h1><form><input type=password name=old><input "
       "type=password name=new></form>",
       "<title>Market</title><form action=/search><input name=q></form>",
       "<title>Owl</title><h1>Owl</h1>" + kLong +
           "<form action=/login><input name=u><input type=password></form>",
       "<title>Thread: cannot log in</title><h1>Cannot log in</h1><p>Since yesterday.<form><textarea "
       "name=reply></textarea></form>"});
}

TEST(CaptchaPages, AreKnownByTheirMachinery) {
  ExpectAll(PageClass::kCaptcha,
            {"<form><img src=captcha.png><input name=x></form>",
             "<title>Are you human?</title><form><img src=a.png><input name=x></form>",
             "<p>Введите код с картинки<form><img src=1.png><input name=code></form>",
             "<p>Bitte geben Sie die Zeichen im Bild ein<form><img src=1.png><input name=code></form>",
             "<p>Recopiez les caractères<form><img src='data:image/png;base64,AAAA'><input name=code></form>",
             "<p>Escriba el código de la imagen<form><img src=i><input name=c></form>",
             "<p>Prove that you are not a robot: click the open circle<form><input type=image name=at "
             "src=/i></form>",
             "<h1>Captcha</h1><div style='background:url(/c.png)'></div><form><input name=captcha></form>"});
}

TEST(CaptchaPages, AreNotPagesThatSpeakOfThem) {
  ExpectNone(
      PageClass::kCaptcha,
      {"<p>I sell captcha solvers, write me</p>",
       "<h1>Captcha solver</h1><img src=shot.png><p>Price: $5" + kLong,
       "<title>Captcha FAQ</title><p>Why is there a captcha? Because of robots.<img src=a.png>",
       "<h1>Lamp</h1><img src=lamp.png><form><input name=quantity><input type=submit value=Buy></form>",
       "<h1>Contact bob</h1>" + kLong +
           "<form><img src=captcha.jpg><input name=c><textarea name=m></textarea></form>",
       "<h1>Thread</h1><p>The captcha is too hard<img src=avatar.png><form><input "
       "name=t><textarea></textarea></form>"});
}

TEST(WaitPages, AreKnownByARefreshOrAQueue) {
  const std::string refresh = "<meta http-equiv=refresh content=10>";
  ExpectAll(PageClass::kDdosWait,
            {refresh + "<p>DDoS protection: please wait", refresh + "<h1>Bitte warten</h1>",
             refresh + "<p>Пожалуйста, подождите", refresh + "<p>Veuillez patienter",
             refresh + "<p>Por favor, espere",
             Status(200, "<p>You have been placed in a queue, awaiting forwarding to the platform.",
                    "Refresh: 12\r\n"),
             "<title>Checking your browser</title><p>This takes a moment.",
             Status(503, "<h1>Just a moment...</h1>"), Status(429, "<p>Slow down"),
             "<p>Your position in the queue: 17"});
}

TEST(WaitPages, AreNotPagesThatSpeakOfWaiting) {
  ExpectNone(PageClass::kDdosWait,
             {"<p>Please wait for your parcel two weeks before you write.",
              "<meta http-equiv=refresh content=300><p>Please wait",
              "<meta http-equiv=refresh content=10><h1>Live chat</h1><p>bob: hello",
              "<h1>Offer</h1><p>Anti-DDoS service, price $5" + kLong,
              "<title>Forum</title><h1>How long is the queue?</h1><form><textarea></textarea></form>",
              Status(503, "<h1>Service Unavailable</h1>")});
}

TEST(BannedPages, AreKnownInManyLanguages) {
  ExpectAll(PageClass::kBanned,
            {"<p>You have been banned.</p>", "<h1>Your account has been suspended</h1><p>Write to support.",
             kFrame + "<div>Ihr Konto wurde gesperrt.</div>" + kFoot, "<p>Ваш аккаунт заблокирован",
             "<p>Votre compte a été suspendu.", "<p>Has sido bloqueado por pedir demasiado rápido.",
             Status(403, "<p>You are banned for asking too fast. Come back later.")});
}

TEST(BannedPages, AreNotPagesThatSpeakOfBans) {
  ExpectNone(PageClass::kBanned,
             {"<h1>Rules</h1><p>If you have been banned elsewhere, you are welcome here.",
              "<h1>Owl</h1><p>Why you are banned from this shop: never." + kLong,
              "<h1>Thread</h1><p>I think you have been banned, mate<form><textarea></textarea></form>",
              "<p>My account has been suspended on the old market, buy here instead.",
              "<p>Wenn Ihr Konto wurde gesperrt, schreiben Sie uns.",
              "<h1>Terms</h1><p>When your account is banned all coins are lost."});
}

TEST(LoggedOutPages, AreKnownInManyLanguages) {
  ExpectAll(PageClass::kLoggedOut,
            {"<p>Your session has expired</p>", "<h1>You have been logged out</h1>",
             kFrame + "<p>Ihre Sitzung ist abgelaufen.</p>" + kFoot, "<p>Сессия истекла, войдите снова",
             "<p>Votre session a expiré.", "<p>Su sesión ha caducado.",
             Status(401, "<p>You must be logged in to see this.")});
}

TEST(LoggedOutPages, AreNotPagesThatSpeakOfSessions) {
  ExpectNone(PageClass::kLoggedOut,
             {"<h1>FAQ</h1><p>If your session has expired, type your name again.",
              "<h1>Owl</h1>" + kLong + "<p>Your session has expired",
              "<p>My session expired while I was paying, what now?<form><textarea></textarea></form>",
              "<p>After you have been logged out, close the window.",
              "<title>Photo sessions</title><p>Studio session with an owl, $5.",
              "<h1>Why was my session expired?</h1><p>Because of the clock."});
}

TEST(MaintenancePages, AreKnownInManyLanguages) {
  ExpectAll(PageClass::kMaintenance,
            {"<p>The market is under maintenance</p>", "<title>Maintenance mode</title><p>Soon.",
             "<h1>We'll be back soon</h1>", "<p>Wegen Wartungsarbeiten geschlossen",
             "<p>На сайте ведутся технические работы", "<p>Site en maintenance, revenez plus tard",
             "<p>Sitio en mantenimiento", Status(503, "<h1>Down for maintenance</h1>")});
}

TEST(MaintenancePages, AreNotPagesThatSpeakOfMaintenance) {
  ExpectNone(PageClass::kMaintenance,
             {"<h1>Owl house</h1><p>Price: $5<p>Easy maintenance.",
              "<h1>News</h1>" + kLong + "<p>The market is under maintenance",
              "<h1>Thread</h1><p>is the market under maintenance?<form><textarea></textarea></form>",
              "<p>When the site is under maintenance, use the mirror.",
              "<h1>Maintenance manual for lamps</h1><p>PDF, 20 pages.",
              "<h1>Terms</h1><p>If we are down for maintenance the timer stops."});
}

TEST(MissingPages, AreKnownEvenInAShopsFullFrame) {
  ExpectAll(
      PageClass::kNotFound,
      {"<h2>Page not found</h2>", Status(404, "<p>gone"), Status(410, "<h1>Blue lamp</h1>" + kLong),
       kFrame + "<h1>No such listing</h1><p>It may have been sold.</p>" + kFoot,
       kFrame +
           "<div class='alert alert-danger'>Product not found</div><p>Have a look at our best offers.</p>" +
           kFoot,
       "<title>404 - Seite nicht gefunden</title><p>Zurück", "<h1>Страница не найдена</h1>",
       "<h1>Page introuvable</h1>", "<h1>Página no encontrada</h1>",
       "<p>Sorry, the page you requested could not be found.",
       kFrame + "<p>This listing does not exist or has been removed.</p>" + kFoot});
}

TEST(MissingPages, AreNotPagesThatSpeakOfLosses) {
  ExpectNone(
      PageClass::kNotFound,
      {"<h1>Rare stamps not found in any catalogue, set of twelve, mint condition</h1><p>Price: $5<p>Seller: "
       "bob",
       "<title>Lost and found</title><h1>Owls</h1>" + kLong + "<p>Page not found",
       "<h1>Thread: page not found</h1><p>Me too<form><textarea></textarea></form>",
       "<h1>Lamp</h1><p>Price: $5. If the product does not exist in your country, write me.",
       kFrame +
           "<h1>Lamps</h1><p>Blue lamp $5<p>Red lamp $6<p>Old lamp: no longer available<p>Tin lamp $9</p>" +
           kFoot,
       "<h1>FAQ</h1><p>Why is my order not found? Because it was archived after some weeks and nobody can "
       "see it now." +
           kLong});
}

TEST(SeizureNotices, AreKnownInManyLanguages) {
  ExpectAll(
      PageClass::kSeizureNotice,
      {"<h1>THIS HIDDEN SITE HAS BEEN SEIZED</h1>",
       "<title>This hidden site has been seized</title><img src=banner.png>",
       "<p>This domain has been seized by the Federal Bureau of Investigation.",
       "<p>Diese Webseite wurde beschlagnahmt.", "<h2>Этот сайт изъят</h2>",
       "<p>Ce site a été saisi par la police nationale.", "<p>Este sitio ha sido incautado por la policía.",
       "<img src=x.png alt='This website has been seized'>"});
}

TEST(SeizureNotices, AreNotNewsAboutSeizures) {
  ExpectNone(PageClass::kSeizureNotice,
             {"<h1>Old Market has been seized by police, what we know</h1>" + kLong + kLong,
              "<h1>Thread</h1><p>the site has been seized<form><textarea></textarea></form>",
              "<p>If this site has been seized, use our mirror.",
              "<h1>Parcels</h1><p>When a parcel has been seized by customs, we send another." + kLong,
              "<h1>Owl</h1><p>My first owl has been seized by customs.<form><input name=q></form>",
              "<title>Is it true that the market has been seized?</title>" + kLong + kLong});
}

TEST(PhishingNotices, AreKnownWhereTheySpeakOfThisPage) {
  ExpectAll(PageClass::kPhishingProxy,
            {"<h1>You have been phished!</h1>", "<p>WARNING: you are on a phishing site. Close it.",
             "<title>Phishing site detected</title><p>Leave.", "<h1>Это фишинговый сайт</h1>",
             "<p>Dies ist eine Phishing-Seite.", "<h1>Vous êtes sur un site de phishing</h1>"});
}

TEST(PhishingNotices, AreNotAdviceAboutPhishing) {
  ExpectNone(
      PageClass::kPhishingProxy,
      {"<style>.w{display:none}</style><p class=w>You have been phished</p><h1>Home</h1>",
       "<p>If the picture is missing, you are on a phishing site.", "<h1>How not to be phished</h1>" + kLong,
       "<h1>Phishing kit</h1><p>Price: $5", "<p>Beware of phishing! Check the address.",
       "<h1>Thread</h1><p>I fear this is a phishing page<form><textarea></textarea></form>"});
}

TEST(ErrorPages, AreKnownByStatusAndByWhatServersSay) {
  ExpectAll(PageClass::kError,
            {Status(500, "<p>oops"), Status(403, "<h1>Forbidden</h1>"), Status(502, ""),
             "<title>502 Bad Gateway</title><center>nginx</center>", "<h1>Internal Server Error</h1>",
             "<b>Fatal error</b>: Uncaught exception in /var/www/x.php on line 5", "<h1>Datenbankfehler</h1>",
             "<p>SQLSTATE[HY000] [2002] Connection refused"});
}

TEST(ErrorPages, AreNotPagesThatSpeakOfErrors) {
  ExpectNone(
      PageClass::kError,
      {"<h1>Bug bounty: internal server error on the old site, who can mend it for money</h1><p>Price: $5",
       "<h1>Owl</h1>" + kLong + "<p>Fatal error", "<p>If something went wrong, write to us.",
       "<h1>Thread</h1><p>bad gateway since noon<form><textarea></textarea></form>",
       Status(404, "<h1>Internal Server Error</h1>"),
       "<h1>FAQ</h1><p>When an error occurred while paying, wait."});
}

TEST(EmptyPages, HaveNothingToRead) {
  ExpectAll(PageClass::kEmpty,
            {"", "   ", "<html><body></body></html>", Status(302, "<p>moved", "Location: /x\r\n"),
             "<script>go()</script>", "<p style='display:none'>trap</p>",
             "<title>Welcome to nginx!</title><p>If you see this page, it works."});
}

TEST(EmptyPages, AreNotShortPages) {
  ExpectNone(PageClass::kEmpty,
             {"<p>ok", "<form><input name=q></form>", "<h1>Coming soon: a new owl</h1><p>Price: $5",
              Status(304, "<p>same"), "<pre>-----BEGIN PGP MESSAGE-----</pre>",
              "<title>Owls coming soon in blue and red</title><p>Two owls."});
}

TEST(ClassDecisions, SayWhyInOneShortSentence) {
  EXPECT_EQ(ReadAny(Status(404, "x")).decision.reasons, std::vector<std::string>{"status 404"});
  const wire::Facts login = Read("<title>Login</title><p>two words" + kName);
  EXPECT_EQ(login.decision.reasons, std::vector<std::string>{"a form with a password input and 2 words"});
  EXPECT_EQ(login.decision.by, wire::FoundBy::kGeneric);
  EXPECT_EQ(Read("<form><img src=captcha.png><input name=x></form>").decision.reasons,
            std::vector<std::string>{"captcha picture beside an answer input"});
  EXPECT_GT(Read(kLong).decision.confidence, Read("<p>short").decision.confidence);
}

const std::string kOther = std::string(55, 'b') + "d.onion";
const std::string kOwn = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion";

TEST(ProxySuspicion, RestsOnWhatThePageCallsItself) {
  for (const std::string& page :
       {"<p>The only official address is " + kOther,
        "<p>Verify you are on http://" + kOther + "/ before you log in",
        "<p>Make sure you are on:<p>" + kOther, "<link rel=canonical href=http://" + kOther + "/x><p>Lamp",
        "<meta property=og:url content=http://" + kOther + "/><p>Lamp",
        "<title>Market " + kOther + "</title><p>Lamp",
        "<meta http-equiv=onion-location content=http://" + kOther + "/><p>x",
        "<p>Официальный адрес: " + kOther}) {
    const wire::Facts facts = Read(page);
    EXPECT_EQ(facts.decision.proxy_suspect, kOther) << page;
    EXPECT_EQ(facts.page_class, PageClass::kContent) << page;
    EXPECT_EQ(facts.decision.reasons.size(), 2U) << page;
  }
  EXPECT_EQ(Read("<p>Our only address is abcdefghij234567.onion").decision.proxy_suspect,
            "abcdefghij234567.onion");
}

TEST(ProxySuspicion, DoesNotFallOnMirrorsAndListsOfLinks) {
  std::string many = "<p>Always check that the address is right";
  for (char c = 'b'; c <= 'z'; ++c) many += "<p>" + std::string(55, c) + "d.onion";
  for (const std::string& page :
       {"<p>The only official address is " + kOther + "<p>Mirrors: " + kOwn + " and others",
        "<p>The only official address is " + kOwn, "<link rel=canonical href=http://" + kOwn + "/x><p>Lamp",
        "<p>Friends: " + kOther, many, "<p>Official addresses of Some Market: " + kOther,
        std::string("<link rel=canonical href=http://site.example/><p>x"), "<p>mail me: bob@" + kOther,
        std::string("<p>The only official address is short.onion")}) {
    EXPECT_EQ(Read(page).decision.proxy_suspect, "") << page;
  }
}

TEST(ProxySuspicion, IsOnlyForOnionServices) {
  wire::Document document = PageOf("<p>The only official address is " + kOther);
  document.url = "http://site.example/";
  EXPECT_EQ(ReadDocument(document).decision.proxy_suspect, "");
}

}  // namespace
}  // namespace nightjar::extract
