// SPDX-License-Identifier: Apache-2.0
#include "crawler/handover/messages.h"

#include <array>

#include "base/codec.h"

namespace nightjar::handover {
namespace {

enum Type : std::uint8_t { kHello = 1, kReady, kTask, kDone, kCircuit, kBegun };

constexpr std::size_t kMaxShort = 4096;         // names, tags, paths, URLs
constexpr std::size_t kMaxWords = 64;           // fields of a header profile, media types, lists
constexpr std::size_t kMaxBesides = 256 << 10;  // of a Done: record, signature, request

void Put(Encoder& out, const Limits& limits) {
  out.U64(limits.body_bytes).U32(limits.header_bytes).U32(limits.header_fields);
  out.I64(limits.connect.count()).I64(limits.total.count());
  out.U32(limits.low_speed_bytes).I64(limits.low_speed_time.count());
}

Limits TakeLimits(Decoder& in) {
  Limits limits;
  limits.body_bytes = in.U64();
  limits.header_bytes = in.U32();
  limits.header_fields = in.U32();
  limits.connect = std::chrono::milliseconds(in.I64());
  limits.total = std::chrono::milliseconds(in.I64());
  limits.low_speed_bytes = in.U32();
  limits.low_speed_time = std::chrono::seconds(in.I64());
  return limits;
}

void Put(Encoder& out, const std::vector<std::string>& words) {
  out.U32(static_cast<std::uint32_t>(words.size()));
  for (const auto& word : words) out.Str(word);
}

std::vector<std::string> TakeWords(Decoder& in) {
  std::vector<std::string> words(in.Count(kMaxWords, sizeof(std::uint32_t)));
  for (auto& word : words) word = in.Str(kMaxShort);
  return words;
}

struct Writer {
  Encoder out;

  void operator()(const Hello& hello) {
    out.U8(kHello).Str(hello.build).Str(hello.tor_socket);
    out.U8(static_cast<std::uint8_t>(hello.route_class)).U32(hello.concurrency);
    Put(out, hello.limits);
    out.Str(hello.signing_seed);
    Put(out, hello.header);
    out.Str(hello.config_sha256).U8(hello.json_log ? 1 : 0);
    Put(out, hello.hash_lists_md5);
    Put(out, hello.hash_lists_sha256);
  }
  void operator()(const Ready& ready) { out.U8(kReady).Str(ready.sandbox); }
  void operator()(const Task& task) {
    out.U8(kTask).Str(task.fetch_id).Str(task.url).Str(task.job.value).Str(task.case_id.value);
    out.Str(task.legal_basis).U32(task.depth).Str(task.via);
    out.Str(task.socks_user).Str(task.socks_password).Str(task.clock_state).Str(task.consensus);
    out.Str(task.robots);
    out.U8(static_cast<std::uint8_t>(task.purpose)).U8(task.post ? 1 : 0).Str(task.form);
    out.Str(task.cookies).U8(task.redact ? 1 : 0);
    Put(out, task.media);
    out.U8(task.tell_begin ? 1 : 0).Str(task.refusal);
  }
  void operator()(const Begun& begun) { out.U8(kBegun).Str(begun.fetch_id); }
  void operator()(const Done& done) {
    out.U8(kDone).Str(done.fetch_id).Str(done.exchange.record).Str(done.exchange.signature);
    out.Str(done.exchange.request).Str(done.exchange.head).Str(done.exchange.body);
  }
  void operator()(const Circuit& circuit) { out.U8(kCircuit).Str(circuit.socks_user).Str(circuit.text); }
};

Hello TakeHello(Decoder& in) {
  Hello hello;
  hello.build = in.Str(kMaxShort);
  hello.tor_socket = in.Str(kMaxShort);
  // An unknown class takes the hosts of none.
  hello.route_class = static_cast<RouteClass>(in.U8());
  hello.concurrency = in.U32();
  hello.limits = TakeLimits(in);
  hello.signing_seed = in.Str(kMaxShort);
  hello.header = TakeWords(in);
  hello.config_sha256 = in.Str(kMaxShort);
  hello.json_log = in.U8() != 0;
  hello.hash_lists_md5 = TakeWords(in);
  hello.hash_lists_sha256 = TakeWords(in);
  return hello;
}

// An unknown number becomes kPage, which may do least.
Purpose TakePurpose(Decoder& in) {
  const std::uint8_t number = in.U8();
  return number <= static_cast<std::uint8_t>(Purpose::kWallImage) ? static_cast<Purpose>(number)
                                                                  : Purpose::kPage;
}

Task TakeTask(Decoder& in) {
  Task task;
  task.fetch_id = in.Str(kMaxShort);
  task.url = in.Str(kMaxShort);
  task.job.value = in.Str(kMaxShort);
  task.case_id.value = in.Str(kMaxShort);
  task.legal_basis = in.Str(kMaxShort);
  task.depth = in.U32();
  task.via = in.Str(kMaxShort);
  task.socks_user = in.Str(kMaxShort);
  task.socks_password = in.Str(kMaxShort);
  task.clock_state = in.Str(kMaxShort);
  task.consensus = in.Str(kMaxShort);
  task.robots = in.Str(kMaxShort);
  task.purpose = TakePurpose(in);
  task.post = in.U8() != 0;
  task.form = in.Str(kMaxForm);
  task.cookies = in.Str(kMaxCookieLine);
  task.redact = in.U8() != 0;
  task.media = TakeWords(in);
  task.tell_begin = in.U8() != 0;
  task.refusal = in.Str(kMaxShort);
  return task;
}

Done TakeDone(Decoder& in) {
  Done done;
  done.fetch_id = in.Str(kMaxShort);
  done.exchange.record = in.Str(kMaxBesides);
  done.exchange.signature = in.Str(kMaxShort);
  done.exchange.request = in.Str(kMaxBesides);
  done.exchange.head = in.Str();  // these two are bounded by the frame
  done.exchange.body = in.Str();
  return done;
}

Circuit TakeCircuit(Decoder& in) {
  Circuit circuit;
  circuit.socks_user = in.Str(kMaxShort);
  circuit.text = in.Str(kMaxShort);
  return circuit;
}

Message TakeMessage(Decoder& in, std::uint8_t type) {
  if (type == kHello) return TakeHello(in);
  if (type == kReady) return Ready{in.Str(kMaxShort)};
  if (type == kTask) return TakeTask(in);
  if (type == kCircuit) return TakeCircuit(in);
  if (type == kBegun) return Begun{in.Str(kMaxShort)};
  return TakeDone(in);
}

}  // namespace

std::string_view PurposeName(Purpose purpose) {
  constexpr std::array<std::string_view, 5> kNames = {"", "login", "answer", "wait", "wall-image"};
  return kNames.at(static_cast<std::size_t>(purpose));
}

Bytes Encode(const Message& message) {
  Writer writer;
  std::visit(writer, message);
  return writer.out.Take();
}

Result<Message> Decode(ByteView payload) {
  Decoder in(payload);
  const std::uint8_t type = in.U8();
  if (type < kHello || type > kBegun)
    return Fail(Code::kCorrupt, "a message of unknown type between processes");
  Message message = TakeMessage(in, type);
  RETURN_IF_ERROR(in.Finish("a message between crawl role and fetcher"));
  return message;
}

std::size_t MaxFromFetcher(const Limits& limits) {
  return limits.body_bytes + limits.header_bytes + kMaxBesides;
}

}  // namespace nightjar::handover
