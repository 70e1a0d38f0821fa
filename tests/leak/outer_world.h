// SPDX-License-Identifier: Apache-2.0
// The machine as a leak would find it: an interface with a default route over which every address answers, a
// resolv.conf, a name-service daemon; all of it decoys, and every packet is seen. Made once for the process,
// in network and mount namespaces of its own, so nothing outside is touched.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/leak/decoys.h"
#include "tests/leak/packet_capture.h"

namespace nightjar::leak {

class OuterWorld final {
 public:
  // Empty string when such a world can be made here; else why not, for GTEST_SKIP().
  [[nodiscard]] static std::string WhyNot();

  // The world of this process; made at the first call, before any thread of the test.
  [[nodiscard]] static OuterWorld& Get();

  // What got out since the last call.
  struct Leaks {
    std::vector<std::string> packets;
    Decoys::Counts decoys;
    [[nodiscard]] bool none() const {
      return packets.empty() && decoys.connects == 0 && decoys.dns_queries == 0 &&
             decoys.daemon_connects == 0;
    }
    [[nodiscard]] std::string Format() const;
  };
  [[nodiscard]] Leaks Take();

  // A folder that is there as long as the process.
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  OuterWorld();
  void HideNameServices();
  void ConnectInterfaces();

  std::string folder_;
  std::unique_ptr<Decoys> decoys_;
  std::unique_ptr<PacketCapture> capture_;
};

}  // namespace nightjar::leak
