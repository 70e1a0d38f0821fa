// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/scenarios.h"

#include <fmt/format.h>

#include "tests/leak/decoys.h"
#include "tests/leak/fetcher_rig.h"
#include "tests/leak/tls_site.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using namespace std::string_literals;

const std::vector<std::string>& WaysOut() {
  static const std::vector<std::string> kWays = {fmt::format("http://{}/", kDecoyAddress),
                                                 fmt::format("http://[{}]/", kDecoyAddress6),
                                                 fmt::format("http://{}/", kDecoyName),
                                                 fmt::format("https://{}/", kDecoyName),
                                                 fmt::format("//{}/path", kDecoyName),
                                                 "http://127.0.0.1/",
                                                 "http://localhost/",
                                                 "file:///etc/passwd",
                                                 fmt::format("ftp://{}/", kDecoyAddress),
                                                 fmt::format("gopher://{}/x", kDecoyAddress),
                                                 fmt::format("dict://{}/d:x", kDecoyAddress),
                                                 fmt::format("smb://{}/share", kDecoyAddress)};
  return kWays;
}

std::string Response(const std::string& status, const std::string& fields, const std::string& body = "x") {
  return fmt::format("HTTP/1.1 {}\r\n{}Content-Type: text/html\r\nContent-Length: {}\r\n\r\n{}", status,
                     fields, body.size(), body);
}

void AddRedirects(std::vector<Scenario>& all) {
  for (const std::string status :
       {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
    for (const std::string& way : WaysOut()) {
      all.push_back({.name = status + " to " + way,
                     .service = Answering(Response(status, "Location: " + way + "\r\n"))});
    }
  }
  for (const std::string& way : WaysOut()) {
    all.push_back({.name = "Refresh to " + way,
                   .service = Answering(Response("200 OK", "Refresh: 0; url=" + way + "\r\n"))});
    all.push_back({.name = "meta refresh to " + way,
                   .service = Answering(
                       Response("200 OK", "", "<meta http-equiv=refresh content='0;url=" + way + "'>"))});
  }
}

// Header fields that ask a client to go somewhere, or to remember something.
void AddHints(std::vector<Scenario>& all) {
  const std::string way(kDecoyName);
  for (const std::string& field : std::vector<std::string>{
           "Alt-Svc: h2=\"" + way + ":443\"; ma=99999, h3=\":443\"",
           "Strict-Transport-Security: max-age=9999999; preload"s, "Onion-Location: http://" + way + "/",
           "Link: <http://" + way + ">; rel=preconnect",
           "Link: <http://" + way + "/a.css>; rel=preload; as=style",
           "Link: <//" + way + ">; rel=dns-prefetch",
           "Content-Security-Policy: default-src 'none'; report-uri http://" + way + "/csp",
           "NEL: {\"report_to\":\"a\",\"max_age\":9}\r\nReport-To: "
           "{\"group\":\"a\",\"endpoints\":[{\"url\":\"http://" +
               way + "/\"}]}",
           "Content-Location: http://" + way + "/", "Set-Cookie: a=b; Domain=" + way,
           "SourceMap: http://" + way + "/m", "X-Accel-Redirect: http://" + way + "/", "Refresh: 1",
           "Clear-Site-Data: \"*\""s, "Expect-CT: report-uri=\"http://" + way + "/\""}) {
    all.push_back(
        {.name = "hint " + field.substr(0, 40), .service = Answering(Response("200 OK", field + "\r\n"))});
  }
}

void AddStatuses(std::vector<Scenario>& all) {
  const std::string way = fmt::format("http://{}/", kDecoyAddress);
  for (const auto& [status, field] : std::vector<std::pair<std::string, std::string>>{
           {"300 Multiple Choices", "Location: " + way},
           {"305 Use Proxy", "Location: " + way},
           {"306 Switch Proxy", "Set-Proxy: " + way},
           {"401 Unauthorized", "WWW-Authenticate: Negotiate"},
           {"401 Unauthorized", "WWW-Authenticate: NTLM"},
           {"401 Unauthorized", "WWW-Authenticate: Digest realm=\"a\", nonce=\"b\", domain=\"" + way + "\""},
           {"421 Misdirected Request", "X: y"},
           {"426 Upgrade Required", "Upgrade: h2c"},
           {"451 Unavailable", "Link: <" + way + ">; rel=blocked-by"},
           {"201 Created", "Location: " + way}}) {
    all.push_back({.name = status + ", " + field, .service = Answering(Response(status, field + "\r\n"))});
  }
  // libcurl takes it for a word of the proxy and would ask again; it may not.
  all.push_back({.name = "407 as if it were a proxy",
                 .outcome = Outcome::kProtocol,
                 .service = Answering(Response("407 Proxy Authentication Required",
                                               "Proxy-Authenticate: Basic realm=x\r\n"))});
  all.push_back({.name = "103 Early Hints with a preconnect",
                 .service = Answering("HTTP/1.1 103 Early Hints\r\nLink: <" + way +
                                      ">; rel=preconnect\r\n\r\n" + Response("200 OK", ""))});
  all.push_back(
      {.name = "101 to another protocol nobody asked for",
       .outcome = Outcome::kWithheld,
       .service = Answering("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n\0\0\0"s)});
}

// Documents full of things that a browser would fetch by itself.
void AddPages(std::vector<Scenario>& all) {
  for (const std::string& way : WaysOut()) {
    const std::string page = fmt::format(
        "<html manifest='{0}'><link rel=preconnect href='{0}'><link rel=stylesheet href='{0}'><img src='{0}'>"
        "<iframe src='{0}'></iframe><script src='{0}'></script><object data='{0}'></object>"
        "<base href='{0}'><form action='{0}'></form><a ping='{0}' href='{0}'>x</a>",
        way);
    all.push_back({.name = "page of " + way, .service = Answering(Response("200 OK", "", page))});
  }
}

// Tasks that must never have been made.
void AddTasks(std::vector<Scenario>& all) {
  const std::string onion = OnionHost();
  std::string mistyped = onion;
  mistyped[10] = mistyped[10] == 'a' ? 'b' : 'a';
  for (const std::string& url :
       std::vector<std::string>{fmt::format("http://{}/", kDecoyAddress),
                                fmt::format("http://[{}]/", kDecoyAddress6),
                                fmt::format("http://{}/", kDecoyName),
                                "http://localhost/"s,
                                "http://127.0.0.1/"s,
                                "file:///etc/passwd"s,
                                "ftp://" + onion + "/",
                                "http://" + mistyped + "/",
                                "http://abcdefghijklmnop.onion/"s,
                                "http://" + onion + ".example/",
                                "http://" + onion + ".onion.to/",
                                "http://" + onion + "@leak.example/",
                                "http://user:pw@" + onion + "/",
                                "HTTP://" + onion + "/",
                                "http://" + onion,
                                "http://" + onion + "/#frag",
                                "http://" + std::string(300, 'a') + ".onion/",
                                "http://" + std::string(300, 'a') + "." + onion + "/",
                                "http://" + onion + "/" + std::string(3000, 'x'),
                                "http://" + onion + ".\t/",
                                ""s,
                                "http://0x7f.1/",
                                "http://%6ceak.example/"s,
                                "http://" + onion + "\\@leak.example/"}) {
    all.push_back({.name = "task " + url.substr(0, 60),
                   .outcome = Outcome::kNotAttempted,
                   .url = url.empty() ? " " : url});
  }
  all.push_back({.name = "task with a trailing dot",
                 .outcome = Outcome::kNotAttempted,
                 .url = "http://" + onion + "./"});
  all.push_back({.name = "task on a sub-domain",
                 .url = "http://leak.example." + onion + "/",
                 .service = Answering(Response("200 OK", ""))});
}

void AddProxies(std::vector<Scenario>& all) {
  for (const auto& [reply, outcome] :
       std::vector<std::pair<int, Outcome>>{{0x01, Outcome::kDisconnected},
                                            {0x02, Outcome::kBadAddress},
                                            {0x04, Outcome::kDescriptorMissing},
                                            {0x05, Outcome::kRefused},
                                            {0x07, Outcome::kDisconnected},
                                            {0x08, Outcome::kDisconnected},
                                            {0xF0, Outcome::kDescriptorMissing},
                                            {0xF3, Outcome::kRendezvous},
                                            {0xF6, Outcome::kBadAddress}})
    all.push_back(
        {.name = fmt::format("proxy answers {:02x}", reply), .outcome = outcome, .socks_reply = reply});
  // Before any SOCKS was spoken, so libcurl cannot know more than that the proxy is none.
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"proxy that closes at once", ""},
           {"proxy that speaks SOCKS 4", "\0\x5A\0\0\0\0\0\0"s},
           {"proxy that wants GSS-API", "\5\1"},
           {"proxy that takes no method", "\5\xFF"},
           {"proxy that is a web server", "HTTP/1.1 200 OK\r\n\r\n"},
           {"proxy that refuses the password", "\5\2\1\1"},
           {"proxy that closes in its greeting", "\5"}})
    all.push_back(
        {.name = name, .outcome = Outcome::kProxyUnavailable, .raw_socks = bytes.empty() ? " " : bytes});
  all.push_back({.name = "proxy that closes after the request",
                 .outcome = Outcome::kDisconnected,
                 .service = [](const Stream& stream) { (void)stream.ReadRequest(); }});
  all.push_back({.name = "proxy that dies inside the response",
                 .outcome = Outcome::kDisconnected,
                 .service = Answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")});
}

void AddEnvironments(std::vector<Scenario>& all) {
  const std::string proxy = fmt::format("http://{}:3128", kDecoyAddress);
  for (const std::map<std::string, std::string>& variables : std::vector<std::map<std::string, std::string>>{
           {{"no_proxy", "*"}},
           {{"NO_PROXY", "*"}},
           {{"no_proxy", ".onion,onion"}},
           {{"http_proxy", proxy}},
           {{"HTTPS_PROXY", proxy}},
           {{"ALL_PROXY", proxy}},
           {{"ALL_PROXY", "socks5h://203.0.113.80:1080"}},
           {{"HOME", "/proc/self/cwd"}},
           {{"LOCALDOMAIN", "leak.example"}},
           {{"RES_OPTIONS", "debug ndots:1"}},
           {{"HOSTALIASES", "/tmp/hosts"}},
           {{"SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"}},
           {{"OPENSSL_CONF", "/nowhere"}},
           {{"LD_BIND_NOW", "1"}, {"no_proxy", "*"}, {"http_proxy", ""}}}) {
    std::string name = "environment";
    for (const auto& [key, value] : variables) name += " " + key + "=" + value;
    all.push_back({.name = name, .service = Answering(Response("200 OK", "")), .environment = variables});
  }
}

void AddTls(std::vector<Scenario>& all) {
  const std::string url = "https://" + OnionHost() + "/";
  for (const TlsSite::Certificate& certificate : TlsSite::LeadingCertificates())
    all.push_back({.name = "certificate: " + certificate.name,
                   .url = url,
                   .service = TlsSite::Serve(certificate, Response("200 OK", ""))});
}

}  // namespace

Service Answering(const std::string& response) {
  return [response](const Stream& stream) {
    if (!stream.ReadRequest().empty()) stream.Write(response);
  };
}

std::vector<Scenario> AllScenarios() {
  std::vector<Scenario> all;
  AddRedirects(all);
  AddHints(all);
  AddStatuses(all);
  AddPages(all);
  AddTasks(all);
  AddProxies(all);
  AddEnvironments(all);
  AddTls(all);
  return all;
}

}  // namespace nightjar::leak
