// SPDX-License-Identifier: Apache-2.0
// One end of the socket pair between crawl role and fetcher, for event loops: nothing here ever waits.
#pragma once

#include <deque>
#include <vector>

#include "base/frame.h"
#include "base/unique_fd.h"
#include "crawler/handover/messages.h"

namespace nightjar::handover {

// One thread. Unsent messages are kept in memory; their number is bounded by the tasks under way.
class Channel final {
 public:
  // Takes the socket and makes it non-blocking. `max_frame`: longest payload accepted from the peer.
  Channel(UniqueFd socket, std::size_t max_frame);

  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] bool has_unsent() const {
    return !unsent_.empty();
  }  // then poll for POLLOUT and call Flush()

  // Queues a message and sends what the socket takes at once. kUnavailable: the peer is gone.
  Status Send(const Message& message);
  Status Flush();

  // The messages that have arrived whole. kUnavailable: the peer is gone; kCorrupt, kRefused: it does not
  // speak as agreed. After an error the channel is of no more use.
  [[nodiscard]] Result<std::vector<Message>> Receive();

 private:
  UniqueFd socket_;
  FrameSplitter frames_;
  Bytes piece_;  // what recv() writes to; kept, for a fresh one would cost more than what it receives
  std::deque<Bytes> unsent_;
  std::size_t sent_of_first_ = 0;
};

// A connected pair of stream sockets; neither end survives exec unless it is placed by ChildSpec.
struct SocketPair {
  UniqueFd ours;
  UniqueFd theirs;
};
[[nodiscard]] Result<SocketPair> MakeSocketPair();

}  // namespace nightjar::handover
