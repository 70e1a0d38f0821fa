// SPDX-License-Identifier: Apache-2.0
// Two verifiers, one verdict: evidence moved, forged and selected wrongly, and a whole forged log.
#include <gtest/gtest.h>

#include <functional>

#include "archive/bundle/bundle.h"
#include "archive/evidence/checkpoint.h"
#include "archive/evidence/consistency_file.h"
#include "archive/evidence/proof.h"
#include "tests/contract/command.h"
#include "tests/contract/example_bundle.h"
#include "tests/contract/mutants.h"
#include "tests/contract/tampering.h"
#include "tests/unit/archive/bundle/example_archive.h"
#include "tests/unit/archive/captures/example_exchange.h"

namespace nightjar::contract {
namespace {

TEST(Verifiers, RejectEvidenceMovedBetweenCaptures) {
  Mutants mutants;
  const Bag good = Unpack(TheBundle().path);
  for (const auto& [head, tail] : {std::pair{"data/records/", ".txt"}, std::pair{"data/signatures/", ".sig"},
                                   std::pair{"data/leaves/", ".txt"}, std::pair{"data/salts/", ".hex"},
                                   std::pair{"proofs/", ".tlog-proof"}}) {
    Bag bag = good;
    std::swap(bag[std::string(head) + "0" + tail], bag[std::string(head) + "2" + tail]);
    FixManifests(bag);
    mutants.Add("moved-" + std::to_string(mutants.names().size()), bag);
  }
  Bag all = good;
  for (const char* name : {"data/records/#.txt", "data/signatures/#.sig", "data/leaves/#.txt",
                           "data/salts/#.hex", "proofs/#.tlog-proof"}) {
    std::string first = name, second = name;
    Replace(first, "#", "0");
    Replace(second, "#", "2");
    std::swap(all[first], all[second]);
  }
  FixManifests(all);
  mutants.Add("moved-as-a-whole", all);
  mutants.ExpectAllRejectedByBoth();
}

TEST(Verifiers, RejectForgedContentWhateverUnsignedDigestsSay) {
  Mutants mutants;
  const auto forge = [&](const std::string& name, const std::function<void(Bag&)>& change) {
    Bag bag = Unpack(TheBundle().path);
    change(bag);
    FixManifests(bag);
    mutants.Add(name, bag);
  };
  forge("page-changed-with-its-block-digest", [](Bag& bag) {
    Bytes& warc = bag["data/capture.warc"];
    const Bytes before = captures::ExampleExchange(0).head + captures::ExampleExchange(0).body;
    Bytes after = before;
    Replace(after, "Owl 0", "Elk 0");
    Replace(warc, before, after);
    Replace(warc, Sha256(before).Hex(), Sha256(after).Hex());
  });
  forge("page-and-record-changed", [](Bag& bag) {
    Bytes& warc = bag["data/capture.warc"];
    const Bytes before = captures::ExampleExchange(0).head + captures::ExampleExchange(0).body;
    Bytes after = before;
    Replace(after, "Owl 0", "Elk 0");
    Replace(warc, before, after);
    Replace(warc, Sha256(before).Hex(), Sha256(after).Hex());
    Replace(bag["data/records/0.txt"], Sha256(before).Hex(), Sha256(after).Hex());
  });
  forge("record-resigned-by-a-foreign-fetcher", [](Bag& bag) {
    const SigningKey foreign = SigningKey::FromSeed(std::string(32, 'x')).value();
    const std::string known = KeyId(captures::ExampleFetcherKey().public_key());
    const std::string id = KeyId(foreign.public_key());
    for (const std::string n : {"0", "2"}) {
      Replace(bag["data/records/" + n + ".txt"], known, id);
      bag["data/signatures/" + n + ".sig"] = foreign.Sign(bag["data/records/" + n + ".txt"]);
    }
    File& key = bag.files[bag.IndexOf("keys/fetcher-" + known + ".pem")];
    key = {"keys/fetcher-" + id + ".pem", foreign.public_key().ToPem()};
    // The two fetcher keys follow one another, in the order of their ids.
    const auto first = std::find_if(bag.files.begin(), bag.files.end(),
                                    [](const File& file) { return file.name.starts_with("keys/fetcher-"); });
    std::sort(first, first + 2, [](const File& a, const File& b) { return a.name < b.name; });
  });
  forge("signature-taken-for-a-rejection",
        [](Bag& bag) { Replace(bag["data/leaves/0.txt"], "capture ", "rejected "); });
  forge("a-key-that-signed-nothing", [](Bag& bag) {
    const VerifyKey key = SigningKey::FromSeed(std::string(32, 'x')).value().public_key();
    const std::string name = "keys/fetcher-" + KeyId(key) + ".pem";
    auto at = bag.files.begin() + static_cast<std::ptrdiff_t>(bag.IndexOf("data/salts/7.hex") + 2);
    while (at->name.starts_with("keys/fetcher-") && at->name < name) ++at;
    bag.files.insert(at, {name, key.ToPem()});
  });
  forge("a-shorter-proof-of-consistency", [](Bag& bag) {
    Bytes& text = bag["proofs/consistency-from-4"];
    const std::size_t first = text.find('\n') + 1;
    text.erase(first, text.find('\n', first) + 1 - first);
  });
  forge("a-longer-proof-of-consistency", [](Bag& bag) {
    Bytes& text = bag["proofs/consistency-from-4"];
    const std::size_t first = text.find('\n') + 1;
    text.insert(first, text.substr(first, 45));
  });
  forge("consistency-under-another-size", [](Bag& bag) {
    bag.files[bag.IndexOf("proofs/consistency-from-4")].name = "proofs/consistency-from-5";
  });
  forge("consistency-from-this-very-checkpoint", [](Bag& bag) {
    File& file = bag.files[bag.IndexOf("proofs/consistency-from-4")];
    file = {"proofs/consistency-from-4", "nightjar-consistency/v1\n\n" + bag["checkpoint"]};
  });
  forge("a-consensus-that-no-record-names", [](Bag& bag) {
    const Bytes other = "vote-status consensus\nvalid-after 2025-12-31 23:00:00\n";
    const std::string name = "consensus/" + Sha256(other).Hex();
    auto at = bag.files.begin() + static_cast<std::ptrdiff_t>(bag.IndexOf("case.jsonld") - 1);
    if (at->name < name) ++at;
    bag.files.insert(at, {name, other});
  });
  forge("a-consensus-that-is-none", [](Bag& bag) {
    bag.files[bag.IndexOf("case.jsonld") - 1] = {"consensus/" + Sha256("owl").Hex(), "owl"};
  });
  forge("earlier-date", [](Bag& bag) { Replace(bag["bag-info.txt"], "2026-01-01", "2025-01-01"); });
  forge("other-bagit-version", [](Bag& bag) { Replace(bag["bagit.txt"], "1.0", "0.9"); });
  mutants.ExpectAllRejectedByBoth();
}

TEST(Verifiers, RejectASelectionThatDoesNotFit) {
  Mutants mutants;
  const auto claim = [&](const std::string& from, const std::string& to) {
    Bag bag = Unpack(TheBundle().path);
    Replace(bag["selection.json"], from, to);
    FixManifests(bag);
    mutants.Add("claim-" + std::to_string(mutants.names().size()), bag);
  };
  claim("\"case\": \"owl-7\"", "\"case\": \"fox-3\"");
  claim("\"captures\": 6", "\"captures\": 7");
  claim("\"first\": 0", "\"first\": 1");
  claim("\"last\": 7", "\"last\": 6");
  claim("\"tree_size\": 8", "\"tree_size\": 9");
  claim("unit.example", "some.example");
  claim("\"exported\": 2, \"archived\": 3", "\"exported\": 3, \"archived\": 3");
  claim("\"exported\": 2, \"archived\": 3", "\"exported\": 2, \"archived\": 1");
  claim("\"exported\": 2, \"archived\": 3", "\"exported\": 2, \"archived\": 9");
  claim("\"outcome\": \"timed-out\"", "\"outcome\": \"timed-outs\"");
  claim("{\"capture\": 7, ", "{\"capture\": 6, ");
  claim("{\n", "{ \n");
  claim("\"Owls\"", "\"O\\u0077ls\"");
  claim("\"Owls\"", "\"\\ud83e\"");
  claim("\"Owls\"", "7");
  claim("\"Owls\"", "\"Owls\", \"case_title\": \"Owls\"");
  claim("\"captures\": 6", "\"captures\": 6.0");
  claim("\"captures\": 6", "\"captures\": true");
  Bag whole_case = Unpack(TheBundle().path);
  whole_case.folder = "nightjar-fox-3";
  Replace(whole_case["selection.json"], "\"case\": \"owl-7\"", "\"case\": \"fox-3\"");
  Replace(whole_case["bag-info.txt"], "owl-7", "fox-3");
  FixManifests(whole_case);
  mutants.Add("wrong-case-everywhere", whole_case);
  mutants.ExpectAllRejectedByBoth();
}

// The strongest forger: makes a log of his own. Only the key on paper tells the difference.
TEST(Verifiers, TellAForgedLogByTheKeyOnPaperOnly) {
  const SigningKey foreign = SigningKey::FromSeed(std::string(32, 'x')).value();
  const evidence::NoteKey name{"unit.example/nightjar/2026a", foreign.public_key()};
  Bag bag = Unpack(TheBundle().path);
  const Bytes before = bag["checkpoint"];
  const Bytes after = evidence::Sign(TheBundle().summary.checkpoint, foreign).note;
  for (File& file : bag.files)
    if (file.name == "checkpoint" || file.name.ends_with(".tlog-proof")) Replace(file.content, before, after);
  Bytes& consistency = bag["proofs/consistency-from-4"];
  const auto earlier = evidence::ParseConsistencyFile(consistency).value().note;
  const evidence::NoteKey known{name.name, bundle::ExampleLogKey().public_key()};
  Replace(consistency, earlier,
          evidence::Sign(evidence::VerifyNote(earlier, known).value().checkpoint, foreign).note);
  Bag half = bag;
  bag["keys/log.vkey"] = evidence::FormatVkey(name) + "\n";
  bag["keys/log.pem"] = foreign.public_key().ToPem();
  FixManifests(bag);
  FixManifests(half);
  Mutants mutants;
  mutants.Add("all-of-it", bag);
  mutants.Add("key-left-alone", half);
  mutants.ExpectAllRejectedByBoth();
  EXPECT_TRUE(bundle::Verify(mutants.Path("all-of-it"), ""));
  EXPECT_FALSE(bundle::Verify(mutants.Path("key-left-alone"), ""));
  EXPECT_EQ(RunIn("/", "python3 " + kVerifyScript + " " + mutants.Path("all-of-it")).exit_status, 0);
  EXPECT_EQ(RunIn("/", "python3 " + kVerifyScript + " " + mutants.Path("key-left-alone")).exit_status, 1);
}

}  // namespace
}  // namespace nightjar::contract
