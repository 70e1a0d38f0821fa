// SPDX-License-Identifier: Apache-2.0
// What a program did to the files of one folder, in order: written by the recorder (recorder.cc), read by the
// model of the disk (disk_model.h). Shared by both, so it uses headers of base only.
//
// The trace is a file of records, each a Str of: U8 kind, U64 file, U64 at, U8 durable, Str path, Str to,
// Str data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/codec.h"

namespace nightjar::fault {

struct Op {
  enum class Kind : std::uint8_t {
    kCreate,      // `path` is a new, empty file with the number `file`
    kMakeFolder,  // `path`
    kWrite,       // `data` to `file` at `at`; `durable`: through a descriptor with O_DSYNC
    kTruncate,    // `file` is `at` bytes long now, cut or filled with zeros
    kSync,        // fsync or fdatasync of `file`
    kSyncFolder,  // fsync of the folder `path`
    kRename,      // `path` to `to`, in one folder
    kLink,        // `to` is another name of `path`
    kUnlink,      // `path`
    kSaid,        // `data`: what the program told the world (an acknowledgement)
    kStray,       // `data`: a call that the model does not know; no trace may hold one
  };
  Kind kind = Kind::kStray;
  std::uint64_t file = 0;  // counted from 1 as files are made; a number names an inode, not a path
  std::uint64_t at = 0;
  bool durable = false;
  std::string path = {};  // in the folder; "" is the folder itself
  std::string to = {};
  Bytes data = {};
};

[[nodiscard]] inline Bytes Encode(const Op& op) {
  const Bytes inner = Encoder()
                          .U8(static_cast<std::uint8_t>(op.kind))
                          .U64(op.file)
                          .U64(op.at)
                          .U8(op.durable ? 1 : 0)
                          .Str(op.path)
                          .Str(op.to)
                          .Str(op.data)
                          .Take();
  return Encoder().Str(inner).Take();
}

[[nodiscard]] inline std::vector<Op> DecodeTrace(ByteView trace) {
  std::vector<Op> ops;
  Decoder all(trace);
  for (ByteView inner = all.View(); all.ok(); inner = all.View()) {
    Decoder in(inner);
    Op op;
    op.kind = static_cast<Op::Kind>(in.U8());
    op.file = in.U64();
    op.at = in.U64();
    op.durable = in.U8() != 0;
    op.path = in.Str();
    op.to = in.Str();
    op.data = in.Str();
    ops.push_back(std::move(op));
  }
  return ops;
}

}  // namespace nightjar::fault
