// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/decompress.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

namespace nightjar::parse {
namespace {

// Collects output and says when to stop.
class Sink final {
 public:
  // `consumed`: input bytes used so far. The reason to stop, or nothing.
  std::optional<StreamEnd> Add(ByteView piece, std::size_t consumed) {
    out_.append(piece.substr(0, std::min(piece.size(), kMaxDecoded - out_.size())));
    total_ += piece.size();
    if (total_ > kRatioGrace && total_ / std::max<std::size_t>(consumed, 1) > kMaxRatio)
      return StreamEnd::kBomb;
    if (total_ > kMaxDecoded) return StreamEnd::kTooLarge;
    return std::nullopt;
  }
  Decompressed Finish(StreamEnd end) { return {std::move(out_), end}; }

 private:
  Bytes out_;
  std::size_t total_ = 0;
};

using Piece = std::array<char, 64 << 10>;

Bytef* AsZlib(const char* bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes)); }

bool StartsGzip(ByteView in) { return in.starts_with("\x1f\x8b"); }

// zlib's window bits choose the container: 31 gzip, 15 zlib, -15 bare.
Decompressed Inflate(ByteView in, int window_bits) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return {{}, StreamEnd::kDamaged};
  const std::unique_ptr<z_stream, void (*)(z_stream*)> guard(&stream, [](z_stream* s) { inflateEnd(s); });
  stream.next_in = AsZlib(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  Sink sink;
  Piece piece;
  for (;;) {
    stream.next_out = AsZlib(piece.data());
    stream.avail_out = piece.size();
    const int answer = inflate(&stream, Z_NO_FLUSH);
    const std::size_t consumed = in.size() - stream.avail_in;
    if (const auto stop = sink.Add({piece.data(), piece.size() - stream.avail_out}, consumed)) {
      return sink.Finish(*stop);
    }
    if (answer == Z_STREAM_END) {
      // gzip members may follow each other (RFC 1952 section 2.2); anything else after the end is ignored.
      if (window_bits != 31 || !StartsGzip(in.substr(consumed))) return sink.Finish(StreamEnd::kWhole);
      inflateReset(&stream);
    } else if (answer == Z_BUF_ERROR) {
      return sink.Finish(StreamEnd::kEarly);
    } else if (answer != Z_OK) {
      return sink.Finish(StreamEnd::kDamaged);
    }
  }
}

Decompressed InflateZlibOrBare(ByteView in) {
  Decompressed wrapped = Inflate(in, 15);
  return wrapped.end == StreamEnd::kDamaged && wrapped.bytes.empty() ? Inflate(in, -15) : std::move(wrapped);
}

// Memory for brotli's decoder. It unpacks up to 16 MiB into its ring buffer before it hands out the first
// byte, too late for the ratio; but that buffer is at most twice what the stream claims to hold, so a buffer
// that only a stream over the ratio could need is refused.
struct BrotliMemory {
  std::size_t most;
  bool refused = false;

  explicit BrotliMemory(std::size_t packed) : most(2 * std::max(kRatioGrace, packed * kMaxRatio) + kSlack) {}
  static void* Take(void* self, std::size_t size) {
    auto& memory = *static_cast<BrotliMemory*>(self);
    memory.refused = memory.refused || size > memory.most;
    return memory.refused ? nullptr : std::malloc(size);
  }
  static void Free(void*, void* address) { std::free(address); }

 private:
  static constexpr std::size_t kSlack = 64 << 10;  // the decoder's own state and tables
};

Decompressed Unbrotli(ByteView in) {
  BrotliMemory memory(in.size());
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(BrotliMemory::Take, BrotliMemory::Free, &memory),
      BrotliDecoderDestroyInstance);
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
  std::size_t left_in = in.size();
  Sink sink;
  Piece piece;
  for (;;) {
    auto* next_out = reinterpret_cast<std::uint8_t*>(piece.data());
    std::size_t left_out = piece.size();
    const auto answer =
        BrotliDecoderDecompressStream(state.get(), &left_in, &next_in, &left_out, &next_out, nullptr);
    if (const auto stop = sink.Add({piece.data(), piece.size() - left_out}, in.size() - left_in)) {
      return sink.Finish(*stop);
    }
    if (answer == BROTLI_DECODER_RESULT_SUCCESS) return sink.Finish(StreamEnd::kWhole);
    if (answer == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return sink.Finish(StreamEnd::kEarly);
    if (answer == BROTLI_DECODER_RESULT_ERROR)
      return sink.Finish(memory.refused ? StreamEnd::kBomb : StreamEnd::kDamaged);
  }
}

Decompressed Unzstd(ByteView in) {
  constexpr int kWindowLogMax = 23;  // 8 MiB: what RFC 9659 lets a server ask of an HTTP client
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  ZSTD_inBuffer input{in.data(), in.size(), 0};
  Sink sink;
  Piece piece;
  for (;;) {
    ZSTD_outBuffer output{piece.data(), piece.size(), 0};
    const std::size_t hint = ZSTD_decompressStream(context.get(), &output, &input);
    if (const auto stop = sink.Add({piece.data(), output.pos}, input.pos)) return sink.Finish(*stop);
    if (ZSTD_isError(hint) != 0) return sink.Finish(StreamEnd::kDamaged);
    if (hint == 0 && input.pos == input.size) return sink.Finish(StreamEnd::kWhole);
    if (input.pos == input.size && output.pos < output.size) return sink.Finish(StreamEnd::kEarly);
  }
}

}  // namespace

Decompressed Decompress(Codec codec, ByteView in) {
  switch (codec) {
    case Codec::kGzip:
      return Inflate(in, 31);
    case Codec::kDeflate:
      return InflateZlibOrBare(in);
    case Codec::kBrotli:
      return Unbrotli(in);
    case Codec::kZstd:
      return Unzstd(in);
  }
  return {{}, StreamEnd::kDamaged};
}

}  // namespace nightjar::parse
