// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <cstring>
#include <ctime>
#include <memory>
#include <vector>

namespace nightjar::timestamp {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using BioPtr = std::unique_ptr<BIO, Freer<&BIO_free>>;
using CertificatePtr = std::unique_ptr<X509, Freer<&X509_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freer<&X509_STORE_free>>;
using RequestPtr = std::unique_ptr<TS_REQ, Freer<&TS_REQ_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, Freer<&TS_RESP_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, Freer<&TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Freer<&X509_ALGOR_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, Freer<&ASN1_INTEGER_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freer<&BN_free>>;
using ContextPtr = std::unique_ptr<TS_VERIFY_CTX, Freer<&TS_VERIFY_CTX_free>>;

int NoPassphrase(char*, int, int, void*) { return -1; }  // never ask at the terminal

tl::unexpected<Error> Bad(std::string what) { return Fail(Code::kCorrupt, std::move(what)); }
tl::unexpected<Error> NoMemory() {
  return Fail(Code::kInternal, "OpenSSL could not make a time stamp query");
}

// OpenSSL's first words about what went wrong, and an empty queue.
std::string Reason() {
  const char* words = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();
  return words == nullptr ? "unknown reason" : words;
}

Result<std::vector<CertificatePtr>> ReadCertificates(std::string_view pem) {
  if (pem.size() > kMaxCertificates)
    return Fail(Code::kInvalidInput, "is too long for a file of certificates");
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::vector<CertificatePtr> certificates;
  while (X509* read = PEM_read_bio_X509(bio.get(), nullptr, &NoPassphrase, nullptr))
    certificates.emplace_back(read);
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!ended || certificates.empty())
    return Fail(Code::kInvalidInput, "is no list of certificates in PEM form");
  return certificates;
}

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

IntegerPtr IntegerOf(ByteView bytes) {
  const NumberPtr number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()), nullptr));
  return IntegerPtr(BN_to_ASN1_INTEGER(number.get(), nullptr));
}

Result<UtcTime> TimeOf(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Bad("the time stamp has no proper time");
  return UtcTime(std::chrono::seconds(::timegm(&parts)));
}

Status CheckImprint(TS_TST_INFO* info, const Digest& imprint) {
  TS_MSG_IMPRINT* found = TS_TST_INFO_get_msg_imprint(info);
  X509_ALGOR* algorithm = TS_MSG_IMPRINT_get_algo(found);
  const ASN1_OBJECT* kind = nullptr;
  X509_ALGOR_get0(&kind, nullptr, nullptr, algorithm);
  if (OBJ_obj2nid(kind) != NID_sha256) return Bad("the time stamp is not over a SHA-256 digest");
  const ASN1_OCTET_STRING* digest = TS_MSG_IMPRINT_get_msg(found);
  const ByteView bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(digest)),
                       static_cast<std::size_t>(ASN1_STRING_length(digest)));
  if (bytes != imprint.View()) return Bad("the time stamp is over other bytes");
  return {};
}

// Only what was granted as asked; nothing follows the response.
Result<ResponsePtr> ReadResponse(ByteView untrusted) {
  if (untrusted.size() > kMaxResponse) return Bad("is too long for a time stamp");
  const auto* at = reinterpret_cast<const unsigned char*>(untrusted.data());
  const auto* const end = at + untrusted.size();
  ResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(untrusted.size())));
  ERR_clear_error();
  if (!response || at != end) return Bad("is not an RFC 3161 response");
  const ASN1_INTEGER* status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
  if (ASN1_INTEGER_get(status) != TS_STATUS_GRANTED || TS_RESP_get_tst_info(response.get()) == nullptr)
    return Bad("the time stamp was not granted");
  return response;
}

// A store that judges certificates as of `time`.
Result<StorePtr> StoreAt(UtcTime time, std::string_view ca_pem) {
  ASSIGN_OR_RETURN(const auto certificates, ReadCertificates(ca_pem));
  StorePtr store(X509_STORE_new());
  for (const CertificatePtr& certificate : certificates) X509_STORE_add_cert(store.get(), certificate.get());
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), UnixSeconds(time));
  return store;
}

std::string SignerOf(TS_RESP* response) {
  PKCS7* token = TS_RESP_get_token(response);
  STACK_OF(X509)* signers = PKCS7_get0_signers(token, nullptr, 0);
  std::string name;
  if (sk_X509_num(signers) > 0) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), X509_get_subject_name(sk_X509_value(signers, 0)), 0, XN_FLAG_RFC2253);
    name = Drain(bio.get());
  }
  sk_X509_free(signers);
  ERR_clear_error();
  return name;
}

}  // namespace

Result<Bytes> MakeQuery(const Digest& imprint, ByteView nonce) {
  const RequestPtr request(TS_REQ_new());
  const ImprintPtr message(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  const IntegerPtr number = IntegerOf(nonce);
  if (!request || !message || !algorithm || !number) return NoMemory();
  Bytes digest(imprint.View());
  const bool made = X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
                    TS_MSG_IMPRINT_set_algo(message.get(), algorithm.get()) == 1 &&
                    TS_MSG_IMPRINT_set_msg(message.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                           static_cast<int>(digest.size())) == 1 &&
                    TS_REQ_set_version(request.get(), 1) == 1 &&
                    TS_REQ_set_msg_imprint(request.get(), message.get()) == 1 &&
                    TS_REQ_set_nonce(request.get(), number.get()) == 1 &&
                    TS_REQ_set_cert_req(request.get(), 1) == 1;
  unsigned char* der = nullptr;
  const int size = made ? i2d_TS_REQ(request.get(), &der) : -1;
  if (size <= 0) return NoMemory();
  Bytes query(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return query;
}

Result<std::string> NormalCertificates(std::string_view pem) {
  ASSIGN_OR_RETURN(const auto certificates, ReadCertificates(pem));
  const BioPtr bio(BIO_new(BIO_s_mem()));
  for (const CertificatePtr& certificate : certificates) PEM_write_bio_X509(bio.get(), certificate.get());
  return Drain(bio.get());
}

Result<Token> Verify(ByteView untrusted_response, const Digest& imprint, std::string_view ca_pem,
                     ByteView nonce) {
  ASSIGN_OR_RETURN(const ResponsePtr response, ReadResponse(untrusted_response));
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  RETURN_IF_ERROR(CheckImprint(info, imprint));
  ASSIGN_OR_RETURN(const UtcTime time, TimeOf(TS_TST_INFO_get_time(info)));
  ASSIGN_OR_RETURN(StorePtr store, StoreAt(time, ca_pem));
  const ContextPtr context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // the context frees it
  if (TS_RESP_verify_response(context.get(), response.get()) != 1)
    return Bad("the time stamp does not verify: " + Reason());
  if (!nonce.empty()) {
    const IntegerPtr wanted = IntegerOf(nonce);
    const ASN1_INTEGER* found = TS_TST_INFO_get_nonce(info);
    if (found == nullptr || ASN1_INTEGER_cmp(found, wanted.get()) != 0)
      return Bad("the time stamp answers another question: its nonce is not ours");
  }
  return Token{time, SignerOf(response.get())};
}

}  // namespace nightjar::timestamp
