// SPDX-License-Identifier: Apache-2.0
// Wall one, in front of libcurl: what it may be asked for, by which way it goes, and which sockets it gets.
//
// What it stops: anything but http(s) URLs on hosts of the fetcher's own route class (v3 onions whose
// checksum holds; I2P names, http only; named hosts of the clear net), without credentials, written the one
// normalised way (the role checked all this before; the fetcher believes nobody); any way but Tor's unix
// socket, names resolved by Tor; any socket but AF_UNIX, each refusal logged as "LEAK REFUSED".
//
// What weakening it costs: the walls behind still hold back packets, but a URL let through here is asked of
// Tor, and whether Tor asks an exit is then up to wall five alone. A name server named here, or a proxy left
// to the environment, would be tried on every page.
#pragma once

#include <curl/curl.h>

#include "base/result.h"
#include "base/site_host.h"
#include "base/url.h"

namespace nightjar::fetcher {

[[nodiscard]] Result<Url> PassGate(const std::string& untrusted_url, RouteClass route);

// Options of every handle: proxy and nothing else. Ends the process where libcurl refuses one.
void SendThroughTor(CURL* easy);
void SendThroughI2p(CURL* easy);

// CURLOPT_OPENSOCKETFUNCTION: a unix socket, or CURL_SOCKET_BAD.
[[nodiscard]] curl_socket_t OpenSocket(const curl_sockaddr& address);

}  // namespace nightjar::fetcher
