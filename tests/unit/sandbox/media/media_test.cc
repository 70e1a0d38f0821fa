// SPDX-License-Identifier: Apache-2.0
// Which bodies are kept: every mark of the table, every way of declaring, and both together.
#include <gmock/gmock.h>
#include <zlib.h>

#include "sandbox/media/body_watch.h"
#include "sandbox/media/media_type.h"
#include "sandbox/media/signatures.h"

namespace nightjar::media {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

struct Known {
  std::string type;
  Bytes start;
};

std::vector<Known> KnownFiles() {
  const Bytes pe = "MZ\x90\0"s + Bytes(56, '\0') + "\x40\0\0\0PE\0\0"s;
  return {{"image/x-icon", "\0\0\1\0\1\0"s},
          {"image/bmp", "BM\x36\0\0\0\0\0\0\0"s},
          {"image/gif", "GIF89a.."},
          {"image/gif", "GIF87a.."},
          {"image/webp", "RIFF\x10\0\0\0WEBPVP8 "s},
          {"image/png", "\x89PNG\r\n\x1A\n"},
          {"image/jpeg", "\xFF\xD8\xFF\xE0"},
          {"image/avif", "\0\0\0\x1C"s + "ftypavif" + Bytes(16, '\0')},
          {"image/heic", "\0\0\0\x18"s + "ftypheic" + Bytes(12, '\0')},
          {"image/tiff", "II*\0...."s},
          {"video/mp4", "\0\0\0\x18"s + "ftypmp42" + Bytes(12, '\0')},
          {"video/webm", "\x1A\x45\xDF\xA3...."},
          {"video/avi", "RIFF\x10\0\0\0AVI "s},
          {"audio/wave", "RIFF\x10\0\0\0WAVE"s},
          {"audio/mpeg", "ID3\3"},
          {"audio/mpeg", "\xFF\xFB\x90\x64"},
          {"audio/flac", "fLaC\0"s},
          {"application/ogg", "OggS\0\2"s},
          {"font/woff2", "wOF2...."},
          {"application/gzip", "\x1F\x8B\x08\0"s},
          {"application/zip", "PK\3\4"},
          {"application/x-rar-compressed", "Rar!\x1A\7"},
          {"application/x-7z-compressed", "7z\xBC\xAF\x27\x1C"},
          {"application/x-tar", Bytes(257, 'a') + "ustar"},
          {"application/pdf", "%PDF-1.7"},
          {"application/postscript", "%!PS-Adobe-3.0"},
          {"application/x-executable",
           "\x7F"
           "ELF\2\1"},
          {"application/x-msdownload", pe},
          {"application/vnd.sqlite3", "SQLite format 3\0"s}};
}

Bytes Gzip(const Bytes& plain) {
  Bytes packed(plain.size() + 200, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Head(const std::string& fields) { return "HTTP/1.1 200 OK\r\n" + fields + "\r\n"; }

// The sentence over the whole body given at once; empty when it is kept.
std::string Verdict(const std::string& fields, const Bytes& body, const Policy& policy = {}) {
  BodyWatch watch(policy);
  if (auto why = watch.Begin(Head(fields))) return *why;
  if (auto why = watch.Look(body)) return *why;
  return watch.End(body).value_or("");
}

TEST(Signatures, KnowEveryFileByItsFirstBytes) {
  for (const Known& known : KnownFiles()) EXPECT_EQ(TypeByMark(known.start), known.type) << known.start;
}

TEST(Signatures, TakeNoTextForAFile) {
  for (const std::string text :
       {"", "<html>", "BM is a bitmap", "MZ was his sign", "RIFF raff", "PK", "ID", "GIF me", "LP records",
        "{\"a\": 1}", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "0000ftypography", "\xFF\xFE<\0h\0"})
    EXPECT_EQ(TypeByMark(text), "") << text;
}

TEST(MediaType, ReadsWhatIsDeclaredAsLenientlyAsItIsWritten) {
  EXPECT_EQ(Essence(" Text/HTML ; charset=utf-8"), "text/html");
  EXPECT_EQ(Essence("image/png, image/jpeg"), "image/png");
  for (const std::string bad : {"", "html", "a/b/c", "text/ html", "/", "te xt/html"})
    EXPECT_EQ(Essence(bad), "") << bad;
  EXPECT_TRUE(IsText("application/atom+xml"));
  EXPECT_FALSE(IsText("image/svg+xml"));
  EXPECT_FALSE(IsText("application/pdf"));
}

TEST(Policy, OfTextAloneWithholdsEveryKnownFileWhateverIsDeclared) {
  for (const Known& known : KnownFiles()) {
    for (const std::string declared : {"", "Content-Type: text/html\r\n", "Content-Type: text/plain\r\n",
                                       "Content-Type: application/octet-stream\r\n"}) {
      EXPECT_THAT(Verdict(declared, known.start + Bytes(2000, 'x')), HasSubstr(known.type)) << declared;
    }
  }
}

TEST(Policy, OfTextAloneWithholdsWhatIsDeclaredBeforeAnyByteCame) {
  for (const std::string type :
       {"image/png", "IMAGE/JPEG; q=1", "video/mp4", "audio/ogg", "application/pdf", "application/zip",
        "image/svg+xml", "font/woff", "application/x-unheard-of"}) {
    BodyWatch watch{Policy()};
    EXPECT_TRUE(watch.Begin(Head("Content-Type: " + type + "\r\n"))) << type;
  }
}

TEST(Policy, KeepsText) {
  const Bytes utf16 = "\xFF\xFE<\0h\0t\0m\0l\0>\0"s;
  EXPECT_EQ(Verdict("Content-Type: text/html; charset=utf-8\r\n", "<html>page</html>"), "");
  EXPECT_EQ(Verdict("", "just text"), "");
  EXPECT_EQ(Verdict("Content-Type: nonsense\r\n", "just text"), "");
  EXPECT_EQ(Verdict("Content-Type: application/json\r\n", "{}"), "");
  EXPECT_EQ(Verdict("Content-Type: application/octet-stream\r\n", "just text"), "");
  EXPECT_EQ(Verdict("Content-Type: text/html\r\n", utf16), "");
  EXPECT_EQ(Verdict("Content-Type: text/html\r\n", "<html>\0 hides</html> and goes on"s), "")
      << "one stray NUL";
  EXPECT_EQ(Verdict("Content-Type: text/html\r\n", ""), "");
}

TEST(Policy, WithholdsUnmarkedBinaryThatCallsItselfTextOrNothing) {
  Bytes noise;
  for (int i = 0; i < 3000; ++i) noise += static_cast<char>(i * 7 % 32);
  EXPECT_THAT(Verdict("", noise), HasSubstr("application/octet-stream"));
  EXPECT_THAT(Verdict("Content-Type: text/plain\r\n", noise), HasSubstr("application/octet-stream"));
}

TEST(Policy, LooksThroughCodings) {
  const Bytes png = "\x89PNG\r\n\x1A\n" + Bytes(3000, 'x');
  const Bytes packed = Gzip(png);
  EXPECT_THAT(Verdict("Content-Encoding: gzip\r\n", packed), HasSubstr("image/png"));
  EXPECT_THAT(Verdict("Transfer-Encoding: chunked\r\n", "8\r\n\x89PNG\r\n\x1A\n\r\n0\r\n\r\n"),
              HasSubstr("image/png"));
  EXPECT_EQ(Verdict("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", Gzip("<html>a page</html>")),
            "");
  EXPECT_EQ(Verdict("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", Gzip("")), "");
  EXPECT_THAT(Verdict("Content-Type: text/html\r\nContent-Encoding: secret\r\n", "\x01\x02\x03"),
              HasSubstr("cannot be looked into"));
  EXPECT_EQ(Verdict("Content-Type: text/html\r\nContent-Encoding: br\r\n", "<html>not packed at all</html>"),
            "");
}

TEST(Policy, LetsInWhatAJobAllowsAndNothingElse) {
  const Policy pictures({"image/*", "application/pdf"});
  const Bytes png = "\x89PNG\r\n\x1A\n" + Bytes(2000, 'x');
  EXPECT_EQ(Verdict("Content-Type: image/png\r\n", png, pictures), "");
  EXPECT_EQ(Verdict("Content-Type: application/pdf\r\n", "%PDF-1.7", pictures), "");
  EXPECT_EQ(Verdict("Content-Type: image/x-odd\r\n", Bytes(2000, '\1'), pictures), "")
      << "no mark to check it by";
  EXPECT_THAT(Verdict("Content-Type: image/png\r\n", "PK\3\4" + Bytes(2000, 'x'), pictures),
              HasSubstr("application/zip"));
  EXPECT_THAT(Verdict("Content-Type: video/mp4\r\n", png, pictures), HasSubstr("video/mp4"));
  EXPECT_EQ(Verdict("Content-Type: video/mp4\r\n", Bytes(2000, '\1'), Policy({"*/*"})), "");
}

TEST(BodyWatch, CutsAMarkedBodyAtItsFirstBytes) {
  BodyWatch watch{Policy()};
  EXPECT_FALSE(watch.Begin(Head("Content-Type: text/html\r\n")));
  EXPECT_FALSE(watch.Look("\xFF"));
  EXPECT_FALSE(watch.Look("\xFF\xD8"));
  EXPECT_TRUE(watch.Look("\xFF\xD8\xFF\xE0"));
}

TEST(BodyWatch, WaitsForMoreBeforeItCallsAFewBytesBinary) {
  BodyWatch watch{Policy()};
  EXPECT_FALSE(watch.Begin(Head("Content-Type: text/html\r\n")));
  EXPECT_FALSE(watch.Look("\1"));
  const Bytes page = "\1" + Bytes(2000, 'x');
  EXPECT_FALSE(watch.Look(page));
  EXPECT_FALSE(watch.End(page));
}

TEST(BodyWatch, TellsMediaFromTextForTheHashLists) {
  EXPECT_TRUE(IsMedia(Head("Content-Type: image/png\r\n"), "whatever"));
  EXPECT_TRUE(IsMedia(Head("Content-Type: text/html\r\n"), "\xFF\xD8\xFF\xE0"));
  EXPECT_FALSE(IsMedia(Head("Content-Type: text/html\r\n"), "<html>"));
  EXPECT_EQ(DecodedBody(Head("Content-Encoding: gzip\r\n"), Gzip("file")), "file");
}

}  // namespace
}  // namespace nightjar::media
