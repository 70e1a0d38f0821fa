# SPDX-License-Identifier: Apache-2.0
"""One HTTP GET of an onion page through Tor's unix SOCKS socket: what the health check and the world's own test need.

SOCKS5 is RFC 1928; the replies 0xF0-0xF7 are Tor's extended errors (proposal 304), which say why an onion failed.
"""

import http.client
import socket

_REPLIES = {
    0x01: "general failure",
    0x02: "refused by Tor's configuration",
    0x04: "host unreachable",
    0x05: "connection refused",
    0x06: "timed out",
    0xF0: "the onion service's descriptor was not found",
    0xF1: "the onion service's descriptor is invalid",
    0xF2: "introduction failed",
    0xF3: "rendezvous failed",
    0xF4: "client authorisation is missing",
    0xF5: "client authorisation is wrong",
    0xF6: "invalid onion address",
    0xF7: "introduction timed out",
}


class OnionError(Exception):
    """The page did not come; the text says at which step it failed."""


def _take(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise OnionError("Tor closed the SOCKS connection")
        data += piece
    return data


def connect(socks_path, host, port, timeout):
    """A stream to host:port, the name resolved by Tor itself."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        connection.connect(socks_path)
        connection.sendall(b"\x05\x01\x00")
        if _take(connection, 2) != b"\x05\x00":
            raise OnionError(f"{socks_path} does not speak SOCKS5")
        name = host.encode("ascii")
        connection.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big"))
        _, reply, _, kind = _take(connection, 4)
        if reply != 0:
            raise OnionError(_REPLIES.get(reply, f"SOCKS reply {reply:#x}"))
        _take(connection, {1: 4, 4: 16}.get(kind, 0) + 2)
        return connection
    except OSError as error:
        connection.close()
        raise OnionError(f"{socks_path}: {error}") from error
    except OnionError:
        connection.close()
        raise


def get(socks_path, host, target="/", timeout=30):
    """(status, headers, body) of one GET; redirects are not followed."""
    exchange = http.client.HTTPConnection(host, timeout=timeout)
    exchange.sock = connect(socks_path, host, 80, timeout)
    try:
        exchange.request("GET", target, headers={"Connection": "close"})
        response = exchange.getresponse()
        return response.status, response.headers, response.read()
    except (OSError, http.client.HTTPException) as error:
        raise OnionError(f"no answer from {host}{target}: {error}") from error
    finally:
        exchange.close()
