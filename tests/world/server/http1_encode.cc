// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <zlib.h>

#include <cstdlib>
#include <iterator>

#include "tests/world/server/http1.h"

namespace nightjar::world {
namespace {

// Odd on purpose: chunk ends then fall inside words, tags and characters.
constexpr std::size_t kChunk = 3001;

std::string_view Reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return status < 500 ? "Bad Request" : "Server Error";
  }
}

Bytes Gzip(ByteView plain) {
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kDefaultMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kDefaultMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    std::abort();
  Bytes packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) std::abort();  // the bound was given by zlib itself
  return packed;
}

Bytes Chunked(ByteView body) {
  Bytes out;
  for (std::size_t at = 0; at < body.size(); at += kChunk) {
    const ByteView piece = body.substr(at, kChunk);
    fmt::format_to(std::back_inserter(out), "{:x}\r\n{}\r\n", piece.size(), piece);
  }
  return out + "0\r\n\r\n";
}

// A client of HTTP/1.0 knows no chunks: for it the end of the connection is the end of the body.
Framing FramingFor(const Page& page, const Request& request) {
  return page.framing == Framing::kChunked && request.http10 ? Framing::kClose : page.framing;
}

}  // namespace

bool ClosesAfter(const Page& page, const Request& request) {
  return !request.keep_alive || (FramingFor(page, request) == Framing::kClose && request.method != "HEAD");
}

Bytes EncodeAnswer(const Page& page, const Request& request) {
  const bool gzip = page.gzip && request.accepts_gzip;
  const Bytes body = gzip ? Gzip(page.body) : page.body;
  const Framing framing = FramingFor(page, request);
  Bytes out = fmt::format("HTTP/1.1 {} {}\r\nServer: nginx\r\nContent-Type: {}\r\n", page.status,
                          Reason(page.status), page.content_type);
  if (!page.location.empty()) out += "Location: " + page.location + "\r\n";
  for (const std::string& cookie : page.set_cookies) out += "Set-Cookie: " + cookie + "\r\n";
  if (page.status == 405) out += "Allow: GET, HEAD, POST\r\n";
  if (page.gzip) out += "Vary: Accept-Encoding\r\n";
  if (gzip) out += "Content-Encoding: gzip\r\n";
  if (framing == Framing::kLength) out += fmt::format("Content-Length: {}\r\n", body.size());
  if (framing == Framing::kChunked) out += "Transfer-Encoding: chunked\r\n";
  const bool closes = ClosesAfter(page, request);
  if (closes || request.http10) out += closes ? "Connection: close\r\n" : "Connection: keep-alive\r\n";
  out += "\r\n";
  if (request.method == "HEAD") return out;
  return out + (framing == Framing::kChunked ? Chunked(body) : body);
}

Page RefusalPage(int status) {
  Page page;
  page.status = status;
  page.content_type = "text/html";
  page.body = fmt::format("<html><body><h1>{} {}</h1></body></html>\n", status, Reason(status));
  return page;
}

}  // namespace nightjar::world
