// SPDX-License-Identifier: Apache-2.0
// A time stamp over the eight bytes "Nightjar", and the root that vouches for its maker. Made with `openssl
// ts -reply` by a time stamp authority of an afternoon; its keys are gone.
#pragma once

#include <string>

#include "base/bytes.h"

namespace nightjar::timestamp {

inline const std::string kExampleStamped = "Nightjar";
inline const Bytes kExampleNonce = HexDecode("9027391a65a76dbf").value();
inline constexpr std::int64_t kExampleTime = 1795432642;  // Nov 23 11:17:22 2026 GMT

inline const Bytes kExampleResponse =
    Base64Decode(
        "MIIFEzADAgEAMIIFCgYJKoZIhvcNAQcCoIIE+zCCBPcCAQMxDzANBglghkgBZQMEAgEFADBzBgsqhkiG9w0BCRABBKBkBGIwYAIB"
        "AQYEKgMEATAxMA0GCWCGSAFlAwQCAQUABCDj3EzTOYtwACPZXFXGGwdz6vzaFOosi5OiR9m29zy0jwIBAhgPMjAyNjExMjMxMTE3"
        "MjJaMAMCAQECCQCQJzkaZadtv6CCAmUwggJhMIICE6ADAgECAhQp2+NcC1CfSFxQprn3dau0Tqi8bTAFBgMrZXAwFzEVMBMGA1UE"
        "AwwMRXhhbXBsZSBSb290MB4XDTI2MTEyMzExMTcyMloXDTI2MTEyNTExMTcyMlowFjEUMBIGA1UEAwwLRXhhbXBsZSBUU0EwggEi"
        "MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCo7xklQfAC4AbDyBlwvGhfA5E4skIsfPHqBwVV7a8r8z89lxL4lyqNNTefVJwZ"
        "ldYeHZfH8k0viZWFWZs0gqjW1uCDOyEkUrDM0wh1gNX4zFpaW6wjeVdQhkbrZOgorInvP2MKyUJ1Fwz14fkSMPm6x6wyRJv0yDrY"
        "tAjos8+nW5JFpddEiA+/AghjPiGrmj644BE/UzMojvqWsTIFVbe/53vWetcIJO5tLbo5WUmTN5Dzi9dUqOmCHq77dyeFUXGlyxIc"
        "O8TPwPu09m8zf6RvuieN/LfowDHgBei0tV/52hPEFPSa/xUBszxAYCGazTYDr1XzHVyKWlzyoF1uw1GjAgMBAAGjeDB2MAwGA1Ud"
        "EwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBYGA1UdJQEB/wQMMAoGCCsGAQUFBwMIMB0GA1UdDgQWBBQGrvuhaprx6lPEBeliTJdH"
        "cH/TgTAfBgNVHSMEGDAWgBS+ieQT/R4ex5me/BdZAZDPPE1zozAFBgMrZXADQQBtLjz20kFgwDxiC9jNVtI4PDJv1m5TDhL+SQWO"
        "C95w+4J4HlaAoncoHEkqHP8rQqJcG4KOtNyqeQ+dJ/mKkDcAMYICATCCAf0CAQEwLzAXMRUwEwYDVQQDDAxFeGFtcGxlIFJvb3QC"
        "FCnb41wLUJ9IXFCmufd1q7ROqLxtMA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG"
        "9w0BCQUxDxcNMjYxMTIzMTExNzIyWjAvBgkqhkiG9w0BCQQxIgQgz89KsfaNxcxXojh71fFgpz2BjHEEdxidqe/Ev4UQCK4wNwYL"
        "KoZIhvcNAQkQAi8xKDAmMCQwIgQgl7Bm/WWXXvgTQeDDELNcX0us160iQtsPMe1tGAOgUsYwDQYJKoZIhvcNAQEBBQAEggEAcR82"
        "lLFn0EIFnGPGH5t8luX9Q4L48PkPBPZ/RfW0gP/5I2pr3pNIYNBBcRg+/CrH1JcsRvvPGe1SXqsTuKxGwzKt6Dz0iinNFSmB32z4"
        "Taadt9mqqzrCGCitIuOo/QNL0/cXkZ/6KUpzDldReWYMhJGLYrZlHs3z1g/NgNhyF8Ko8BJruwyPRASWci56g2S2wbPbeZkXM3qr"
        "YCECcBfqbiMYmrVleTAfsJhaO3sYY/c3qIBKo7W3Zy1uhQrwTXQdxeKYA03JslWBJM/KtV9loVf1tDczKGhiXRYCg9iLDxYMGobx"
        "X7KhK9QmDq+L5QEhHNp3jz9nNDNvAwcLFlLOuQ==")
        .value();

inline const std::string kExampleRoot =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBMTCB5KADAgECAhQadBRaU7BMVb9UookRdKPgQG3LTDAFBgMrZXAwFzEVMBMG\n"
    "A1UEAwwMRXhhbXBsZSBSb290MB4XDTI2MTEyMzExMTcyMloXDTI2MTEyNTExMTcy\n"
    "MlowFzEVMBMGA1UEAwwMRXhhbXBsZSBSb290MCowBQYDK2VwAyEAx/01pBPM3X8c\n"
    "H1S/tm+lCae8bcNJTTxbsIo6X6XwyoWjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYD\n"
    "VR0PAQH/BAQDAgEGMB0GA1UdDgQWBBS+ieQT/R4ex5me/BdZAZDPPE1zozAFBgMr\n"
    "ZXADQQBqW2Z6+eRyYpYu8tK83XebTNGOr/YR9y4GaTDkoA+zhj/C7qBIa7oLS5nJ\n"
    "j3aYjdfCFIB4ahaSVp0eJ9x7+bQE\n"
    "-----END CERTIFICATE-----\n";

}  // namespace nightjar::timestamp
