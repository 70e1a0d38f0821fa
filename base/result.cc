// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <cerrno>
#include <system_error>

namespace nightjar {

std::string_view CodeName(Code code) {
  switch (code) {
    case Code::kInvalidInput:
      return "invalid-input";
    case Code::kNotFound:
      return "not-found";
    case Code::kAlreadyExists:
      return "already-exists";
    case Code::kRefused:
      return "refused";
    case Code::kCorrupt:
      return "corrupt";
    case Code::kUnavailable:
      return "unavailable";
    case Code::kTimeout:
      return "timeout";
    case Code::kFull:
      return "full";
    case Code::kIo:
      return "io";
    case Code::kInternal:
      return "internal";
  }
  return "internal";
}

std::string Error::Format() const { return where.empty() ? text : where + ": " + text; }

tl::unexpected<Error> FailErrno(std::string_view what, std::string where) {
  const int saved = errno;
  const Code code = saved == ENOENT                      ? Code::kNotFound
                    : saved == EEXIST                    ? Code::kAlreadyExists
                    : saved == ENOSPC || saved == EDQUOT ? Code::kFull
                    : saved == ETIMEDOUT                 ? Code::kTimeout
                                                         : Code::kIo;
  return Fail(code, std::string(what) + ": " + std::generic_category().message(saved), std::move(where));
}

}  // namespace nightjar
