// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/tls_site.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

namespace nightjar::leak {
namespace {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};

std::shared_ptr<SSL_CTX> MakeContext(const TlsSite::Certificate& wanted) {
  const std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
  const std::unique_ptr<X509, Free<X509_free>> certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  if (!wanted.extension.empty()) {
    const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
        X509V3_EXT_nconf(nullptr, nullptr, wanted.extension.c_str(), wanted.value.c_str()));
    EXPECT_TRUE(extension) << wanted.name;
    X509_add_ext(certificate.get(), extension.get(), -1);
  }
  EXPECT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), key.get()), 1);
  if (wanted.ask_for_client_certificate) SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

}  // namespace

std::vector<TlsSite::Certificate> TlsSite::LeadingCertificates() {
  return {{"plain", "", ""},
          {"must staple", "tlsfeature", "status_request"},
          {"OCSP responder", "authorityInfoAccess", "OCSP;URI:http://203.0.113.80/ocsp"},
          {"issuer to fetch", "authorityInfoAccess", "caIssuers;URI:http://leak.example/ca"},
          {"revocation list", "crlDistributionPoints", "URI:http://203.0.113.80/crl"},
          {"revocation list by name", "crlDistributionPoints", "URI:http://leak.example/crl"},
          {"asks for ours", "", "", true}};
}

Service TlsSite::Serve(const Certificate& certificate, const std::string& response) {
  return [context = MakeContext(certificate), response](const Stream& stream) {
    const std::unique_ptr<SSL, Free<SSL_free>> session(SSL_new(context.get()));
    SSL_set_fd(session.get(), stream.fd());
    if (SSL_accept(session.get()) != 1) return;
    std::string request(4096, '\0');
    if (SSL_read(session.get(), request.data(), static_cast<int>(request.size())) <= 0) return;
    (void)SSL_write(session.get(), response.data(), static_cast<int>(response.size()));
    SSL_shutdown(session.get());
  };
}

}  // namespace nightjar::leak
