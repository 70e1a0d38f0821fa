// SPDX-License-Identifier: Apache-2.0
// Result<T>: an expected failure is a value. Nightjar does not throw across rooms; a broken invariant aborts,
// and an exception of a foreign library stops at the wrapper that can meet it.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace nightjar {

// What went wrong, as a caller would branch on it. Not an HTTP status, not errno.
enum class Code {
  kInvalidInput,   // a person or a peer gave something malformed; retrying the same input cannot help
  kNotFound,       // the named thing does not exist
  kAlreadyExists,  // the named thing exists with other content
  kRefused,        // well-formed, but a policy (scope, blocklist, jail, limit) forbids it
  kCorrupt,        // stored bytes do not match their digest, signature or format
  kUnavailable,    // something outside is missing just now (Tor, another role, a lock); retrying may help
  kTimeout,        // a deadline passed
  kFull,           // disk, map, queue or budget is exhausted
  kIo,             // the operating system refused a read or write
  kInternal,       // a bug in Nightjar that was caught before it could do harm
};

// A stable lower-case word for logs, JSON and the CLI, for example "invalid-input".
[[nodiscard]] std::string_view CodeName(Code code);

struct [[nodiscard]] Error {
  Code code = Code::kInternal;
  std::string text;   // one sentence for a person: what is wrong, and what to do where that is known
  std::string where;  // file:line, URL, key or capture number the sentence is about; may be empty

  // "where: text", or just the text.
  [[nodiscard]] std::string Format() const;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> Fail(Code code, std::string text, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(text), std::move(where)});
}

// An Error made of errno, for example Errno("cannot open", path). Saves errno before doing anything else.
[[nodiscard]] tl::unexpected<Error> FailErrno(std::string_view what, std::string where = {});

}  // namespace nightjar

#define NJ_CONCAT_INNER(a, b) a##b
#define NJ_CONCAT(a, b) NJ_CONCAT_INNER(a, b)

// ASSIGN_OR_RETURN(auto x, Call()): binds the value, or returns the error to the caller.
#define ASSIGN_OR_RETURN(declaration, expression)                                                   \
  auto NJ_CONCAT(nj_result_, __LINE__) = (expression);                                              \
  if (!NJ_CONCAT(nj_result_, __LINE__))                                                             \
    return ::tl::unexpected<::nightjar::Error>(std::move(NJ_CONCAT(nj_result_, __LINE__)).error()); \
  declaration = std::move(*NJ_CONCAT(nj_result_, __LINE__))

// RETURN_IF_ERROR(Call()): for calls that return Status or whose value is not needed.
#define RETURN_IF_ERROR(expression)                                             \
  do {                                                                          \
    if (auto nj_status = (expression); !nj_status)                              \
      return ::tl::unexpected<::nightjar::Error>(std::move(nj_status).error()); \
  } while (false)
