// SPDX-License-Identifier: Apache-2.0
// A reader without its pool: started by hand, so that a test may look at it and speak its protocol.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "base/child.h"
#include "base/file.h"
#include "base/frame.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"
#include "sandbox/wire/hello.h"
#include "tests/hostile/started.h"

namespace nightjar::hostile {

// Stands in its jail and waits for its first document.
struct Standing {
  Child child;
  UniqueFd to, from;
  wire::Hello hello;
};

inline Result<Standing> Stand(const Words& command) {
  int in[2];
  int out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return FailErrno("pipe");
  UniqueFd in_read(in[0]), in_write(in[1]), out_read(out[0]), out_write(out[1]);
  ASSIGN_OR_RETURN(Child child, Child::Start({.program = command.front(),
                                              .arguments = Words(command.begin() + 1, command.end()),
                                              .descriptors = {{in_read.get(), 0}, {out_write.get(), 1}},
                                              .clear_environment = true}));
  out_write.Reset();
  ASSIGN_OR_RETURN(const Bytes frame, ReadFrame(out_read.get(), wire::kMaxEncodedHello));
  ASSIGN_OR_RETURN(wire::Hello hello, wire::DecodeHello(frame));
  RETURN_IF_ERROR(WriteFrame(in_write.get(), ""));  // no site profiles
  return Standing{std::move(child), std::move(in_write), std::move(out_read), std::move(hello)};
}

// A reader takes a whole document before it answers, so plain pipes do.
inline Result<wire::Facts> Ask(const Standing& reader, const wire::Document& document) {
  RETURN_IF_ERROR(WriteFrame(reader.to.get(), wire::EncodeDocument(document)));
  ASSIGN_OR_RETURN(const Bytes answer, ReadFrame(reader.from.get(), wire::kMaxEncodedFacts));
  return wire::Decode(answer);
}

inline std::string Proc(const Standing& standing, const std::string& what) {
  return "/proc/" + std::to_string(standing.child.pid()) + "/" + what;
}

inline std::string StatusLine(const Standing& standing, const std::string& name) {
  const std::string status = ReadFile(Proc(standing, "status")).value_or("");
  const std::size_t at = status.find("\n" + name + ":\t");
  if (at == std::string::npos) return "no such line";
  const std::size_t value = at + name.size() + 3;
  return status.substr(value, status.find('\n', value) - value);
}

}  // namespace nightjar::hostile
