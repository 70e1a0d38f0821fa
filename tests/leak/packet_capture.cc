// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/packet_capture.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <sys/socket.h>

#include <cstdlib>

namespace nightjar::leak {
namespace {

constexpr std::size_t kEthernetHeader = 14;
constexpr std::size_t kIpv6Header = 40;

int ByteAt(const std::string& packet, std::size_t place) {
  return place < packet.size() ? static_cast<unsigned char>(packet[place]) : -1;
}

bool IsLinkUpkeep(const std::string& packet, int protocol) {
  if (protocol != ETH_P_IPV6) return false;
  std::size_t header = kEthernetHeader + kIpv6Header;
  int next = ByteAt(packet, kEthernetHeader + 6);
  if (next == IPPROTO_HOPOPTS) {  // listener reports carry a router alert
    next = ByteAt(packet, header);
    header += 8U * static_cast<std::size_t>(ByteAt(packet, header + 1) + 1);
  }
  const int type = ByteAt(packet, header);
  return next == IPPROTO_ICMPV6 && ((type >= 130 && type <= 136) || type == 143);
}

}  // namespace

PacketCapture::PacketCapture() : socket_(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL))) {
  const int room = 8 << 20;
  if (!socket_ || ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room) != 0) std::abort();
}

std::vector<std::string> PacketCapture::Take() {
  std::vector<std::string> seen;
  std::string packet(65536, '\0');
  sockaddr_ll from{};
  socklen_t size = sizeof from;
  while (true) {
    packet.resize(65536);
    const ssize_t got = ::recvfrom(socket_.get(), packet.data(), packet.size(), MSG_DONTWAIT,
                                   reinterpret_cast<sockaddr*>(&from), &size);
    if (got < 0) return seen;
    packet.resize(static_cast<std::size_t>(got));
    if (IsLinkUpkeep(packet, ntohs(from.sll_protocol))) continue;
    char name[IF_NAMESIZE] = "?";
    ::if_indextoname(static_cast<unsigned>(from.sll_ifindex), name);
    seen.push_back(fmt::format("{}, protocol {:04x}, {} bytes", name, ntohs(from.sll_protocol), got));
  }
}

}  // namespace nightjar::leak
