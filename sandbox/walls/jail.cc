// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/jail.h"

#include "sandbox/walls/bind_tor_socket.h"
#include "sandbox/walls/descriptors.h"
#include "sandbox/walls/empty_network.h"
#include "sandbox/walls/empty_root.h"
#include "sandbox/walls/fetcher_syscalls.h"
#include "sandbox/walls/landlock.h"
#include "sandbox/walls/limits.h"
#include "sandbox/walls/own_namespaces.h"
#include "sandbox/walls/parser_syscalls.h"
#include "sandbox/walls/privileges.h"

namespace nightjar::walls {

Result<JailState> EnterParserJail(const ParserLimits& limits) {
  JailState state;
  RETURN_IF_ERROR(CloseDescriptorsAbove(1));
  state.namespaces = EnterOwnNamespaces() && EnterEmptyNetwork() && EnterEmptyRoot(NothingBound());
  RETURN_IF_ERROR(LimitParser(limits));
  RETURN_IF_ERROR(DropPrivileges());
  state.landlock = DenyFilesByLandlock();
  RETURN_IF_ERROR(ParserSyscalls().Load());
  return state;
}

Result<JailState> EnterFetcherJail(const FetcherJail& jail) {
  JailState state;
  RETURN_IF_ERROR(CloseDescriptorsAbove(jail.last_descriptor));
  const Status walled = EnterOwnNamespaces().and_then(EnterEmptyNetwork).and_then([&] {
    return EnterEmptyRoot(BoundTorSocket(jail.tor_socket));
  });
  if (!walled && jail.require_namespaces) return tl::unexpected(walled.error());
  state.namespaces = walled.has_value();
  RETURN_IF_ERROR(LimitFetcher());
  RETURN_IF_ERROR(DropPrivileges());
  state.landlock = DenyFilesByLandlock();
  RETURN_IF_ERROR(FetcherSyscalls().Load());
  return state;
}

}  // namespace nightjar::walls
