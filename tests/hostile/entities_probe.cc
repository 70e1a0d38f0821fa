// SPDX-License-Identifier: Apache-2.0
// Finds the entities of one text inside the parser's jail: text in as a frame on 0, what was found out as one
// on 1. With any argument it does not prepare, to show what preparing is for.
#include <unistd.h>

#include <string>

#include "base/frame.h"
#include "sandbox/entities/entities.h"
#include "sandbox/walls/jail.h"

int main(int argc, char**) {
  using namespace nightjar;
  constexpr std::uint32_t kMost = 1 << 20;
  if (argc == 1) entities::PrepareEntities();
  if (!walls::EnterParserJail({})) return 13;
  const auto text = ReadFrame(0, kMost);
  if (!text) return 1;
  std::string all;
  for (const entities::Found& found : entities::FindEntities(*text))
    all.append(found.kind).append(" ").append(found.value).append(" ").append(found.note).append("\n");
  ::_exit(WriteFrame(1, all) ? 0 : 1);
}
