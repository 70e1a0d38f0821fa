// SPDX-License-Identifier: Apache-2.0
// TLS inside the jail: OpenSSL finds all it needs without a file, and the raw bytes are those inside the
// tunnel.
#include "tests/leak/fetcher_rig.h"
#include "tests/leak/tls_site.h"

namespace nightjar::leak {
namespace {

TEST_F(FetcherTest, FetchesOverTlsFromASelfSignedOnionService) {
  const std::string response = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
  tor_->Serve(TlsSite::Serve({.name = "plain", .extension = {}, .value = {}}, response));
  Start();
  const handover::Done done = Fetch("https://" + OnionHost() + "/");
  EXPECT_EQ(RecordOf(done).outcome, captures::Outcome::kOk) << RecordOf(done).detail;
  EXPECT_EQ(done.exchange.head + done.exchange.body, response);
  EXPECT_TRUE(done.exchange.request.starts_with("GET / HTTP/1.1\r\nHost: " + OnionHost() + "\r\n"));
}

}  // namespace
}  // namespace nightjar::leak
