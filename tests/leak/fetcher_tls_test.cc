// SPDX-License-Identifier: Apache-2.0
// TLS inside the jail: OpenSSL finds all it needs without a file, and the raw bytes are those inside the
// tunnel.
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using Context = std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Free<SSL_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

// A server with a fresh self-signed certificate for nobody in particular.
Context MakeServer() {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  EXPECT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  Context context(SSL_CTX_new(TLS_server_method()));
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), key.get()), 1);
  return context;
}

TEST_F(FetcherTest, FetchesOverTlsFromASelfSignedOnionService) {
  const Context server = MakeServer();
  const std::string response = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
  tor_->Serve([&](const Stream& stream) {
    const Session session(SSL_new(server.get()));
    SSL_set_fd(session.get(), stream.fd());
    if (SSL_accept(session.get()) != 1) return;
    std::string request(4096, '\0');
    (void)SSL_read(session.get(), request.data(), static_cast<int>(request.size()));
    (void)SSL_write(session.get(), response.data(), static_cast<int>(response.size()));
    SSL_shutdown(session.get());
  });
  Start();
  const handover::Done done = Fetch("https://" + OnionHost() + "/");
  EXPECT_EQ(RecordOf(done).outcome, captures::Outcome::kOk) << RecordOf(done).detail;
  EXPECT_EQ(done.exchange.head + done.exchange.body, response);
  EXPECT_TRUE(done.exchange.request.starts_with("GET / HTTP/1.1\r\nHost: " + OnionHost() + "\r\n"));
}

}  // namespace
}  // namespace nightjar::leak
