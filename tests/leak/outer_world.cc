// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/outer_world.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/file.h"

namespace nightjar::leak {
namespace {

void Must(bool done, const char* what) {
  if (done) return;
  std::perror(what);
  std::abort();
}

void WriteText(const std::string& path, std::string_view text) {
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  Must(file && WriteAll(file.get(), text, path), path.c_str());
}

UniqueFd ListenAt(const std::string& path) {
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  Must(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "bind");
  Must(::listen(fd.get(), 64) == 0, "listen");
  return fd;
}

}  // namespace

std::string OuterWorld::WhyNot() {
  if (::geteuid() != 0) return "network namespaces with interfaces need root";
  if (::access("/usr/sbin/ip", X_OK) != 0 && ::access("/sbin/ip", X_OK) != 0)
    return "needs ip (package iproute2)";
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::unshare(CLONE_NEWNET | CLONE_NEWNS) == 0 ? 0 : 1);
  int status = 0;
  if (::waitpid(child, &status, 0) != child || status != 0) return "this system denies namespaces";
  return {};
}

OuterWorld& OuterWorld::Get() {
  static OuterWorld world;
  return world;
}

OuterWorld::OuterWorld() {
  char pattern[] = "/tmp/nightjar-outer-XXXXXX";
  Must(::mkdtemp(pattern) != nullptr, "mkdtemp");
  folder_ = pattern;
  Must(::unshare(CLONE_NEWNET | CLONE_NEWNS) == 0, "unshare");
  Must(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "mount --make-private");
  HideNameServices();
  ConnectInterfaces();
  decoys_->Listen();
  capture_ = std::make_unique<PacketCapture>();
}

// The real ones must not be asked by a test, and the decoys must be where glibc looks.
void OuterWorld::HideNameServices() {
  Must(::mount("nightjar-run", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755") == 0,
       "mount /run");
  std::filesystem::create_directories("/run/nscd");
  decoys_ = std::make_unique<Decoys>(ListenAt("/run/nscd/socket"));
  const std::string resolv = folder_ + "/resolv.conf";
  WriteText(resolv, fmt::format("nameserver {}\noptions timeout:1 attempts:1\n", kDecoyNameServer));
  std::error_code error;
  const std::filesystem::path real = std::filesystem::weakly_canonical("/etc/resolv.conf", error);
  if (!std::filesystem::exists(real, error)) {
    std::filesystem::create_directories(real.parent_path(), error);
    WriteText(real, "");
  }
  Must(::mount(resolv.c_str(), real.c_str(), nullptr, MS_BIND, nullptr) == 0, "mount resolv.conf");
}

void OuterWorld::ConnectInterfaces() {
  RunIp("link add leak0 type veth peer name leak1 address 02:00:00:00:00:01");
  RunIp("link set leak1 netns " + std::to_string(decoys_->thread_id()));
  for (const char* words : {"link set lo up", "addr add 198.51.100.2/24 dev leak0",
                            "-6 addr add 2001:db8:1::2/64 dev leak0 nodad", "link set leak0 up",
                            "neigh add 198.51.100.1 lladdr 02:00:00:00:00:01 dev leak0 nud permanent",
                            "-6 neigh add 2001:db8:1::1 lladdr 02:00:00:00:00:01 dev leak0 nud permanent",
                            "route add default via 198.51.100.1", "-6 route add default via 2001:db8:1::1"})
    RunIp(words);
  // Every address is one of its own, and so has a server that waits.
  for (const char* words :
       {"link set lo up", "addr add 198.51.100.1/24 dev leak1",
        "-6 addr add 2001:db8:1::1/64 dev leak1 nodad", "link set leak1 up",
        "route add local 0.0.0.0/0 dev lo table main", "-6 route add local ::/0 dev lo table main"})
    decoys_->Ip(words);
}

OuterWorld::Leaks OuterWorld::Take() { return {capture_->Take(), decoys_->Take()}; }

std::string OuterWorld::Leaks::Format() const {
  return fmt::format(
      "{} packets [{}], {} connects at the decoys, {} name queries, {} calls at the name daemon",
      packets.size(), fmt::join(packets, "; "), decoys.connects, decoys.dns_queries, decoys.daemon_connects);
}

}  // namespace nightjar::leak
