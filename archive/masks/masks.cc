// SPDX-License-Identifier: Apache-2.0
#include "archive/masks/masks.h"

#include <algorithm>

#include "archive/store/store.h"
#include "base/codec.h"
#include "sandbox/wire/members.h"

namespace nightjar::masks {
namespace {

constexpr store::Table kMasks{0};
constexpr std::size_t kSalt = 16;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower;
}

// Part of a word; bytes over 0x7F are, so that a name is not found in the middle of a word of another script.
bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsNameAt(std::string_view text, std::size_t at, const Mask& mask) {
  if (text.size() - at < mask.length) return false;
  if (at > 0 && IsWordByte(text[at - 1])) return false;
  if (at + mask.length < text.size() && IsWordByte(text[at + mask.length])) return false;
  return Sha256(mask.salt + Lower(text.substr(at, mask.length))) == mask.digest;
}

// Visits all texts of facts, but no URLs.
class Hider final {
 public:
  explicit Hider(const Mask& mask) : mask_(mask) {}
  void Text(std::string& text, std::size_t) { text = Hide(text, mask_); }
  template <typename T>
  void List(std::vector<T>& list, std::size_t) {
    for (T& element : list) wire::VisitMembers(*this, element);
  }
  static void Whole(std::string&, std::size_t) {}
  static void Raw(Bytes&, std::size_t) {}
  template <typename Enum>
  static void Choice(Enum&, Enum) {}
  static void Number(std::uint8_t&, std::uint8_t) {}
  static void Flag(bool&) {}
  static void U32(std::uint32_t&) {}
  static void Range(wire::Span&) {}

 private:
  const Mask& mask_;
};

// The mark has another length than the name: the ranges of the text that are furniture move.
void HideAroundFurniture(wire::Facts& facts, const Mask& mask) {
  std::string text;
  std::size_t at = 0;
  const auto go_to = [&](std::uint32_t end) {
    if (end > at) text += Hide(std::string_view(facts.text).substr(at, end - at), mask);
    at = std::max<std::size_t>(at, end);
    return static_cast<std::uint32_t>(text.size());
  };
  for (wire::Span& range : facts.furniture) {
    range.begin = go_to(range.begin);
    range.end = go_to(range.end);
  }
  go_to(static_cast<std::uint32_t>(facts.text.size()));
  facts.text = std::move(text);
}

}  // namespace

Mask MakeMask(std::string_view name, Random& random) {
  Mask mask{.length = static_cast<std::uint32_t>(name.size()), .salt = random.Take(kSalt), .digest = {}};
  mask.digest = Sha256(mask.salt + Lower(name));
  return mask;
}

std::string Hide(std::string_view text, const Mask& mask) {
  std::string out;
  if (mask.length == 0) return std::string(text);
  for (std::size_t at = 0; at < text.size();) {
    if (IsNameAt(text, at, mask)) {
      out.append(kMaskMark);
      at += mask.length;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

void Hide(wire::Facts& facts, const Mask& mask) {
  HideAroundFurniture(facts, mask);
  const std::string text = std::move(facts.text);
  Hider hider(mask);
  wire::VisitMembers(hider, facts);
  facts.text = text;
  std::erase_if(facts.entities, [&](const wire::Entity& entity) {
    return Hide(entity.value, mask) != entity.value;  // half an address is another one
  });
  wire::HoldCaps(facts);
}

std::string PersonaOf(std::string_view route) {
  std::size_t at = 0;
  for (int slashes = 0; slashes < 2; ++slashes) {
    at = route.find('/', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  const std::string persona(route.substr(at, route.find('/', at) - at));
  return persona == "-" ? std::string() : persona;
}

struct MaskStore::State {
  std::shared_ptr<store::Env> env;
};

MaskStore::MaskStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
MaskStore::~MaskStore() = default;

Result<std::unique_ptr<MaskStore>> MaskStore::Open(const std::string& control_folder) {
  store::Options options;
  options.folder = control_folder;
  options.tables = {"masks"};
  ASSIGN_OR_RETURN(auto env, store::Env::Open(options));
  return std::unique_ptr<MaskStore>(new MaskStore(std::make_unique<State>(State{std::move(env)})));
}

Status MaskStore::Put(const std::string& persona, const Mask& mask) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  const Bytes row = Encoder().U32(mask.length).Str(mask.salt).Hash(mask.digest).Take();
  RETURN_IF_ERROR(txn.Put(kMasks, persona, row));
  return txn.Commit();
}

Result<std::optional<Mask>> MaskStore::Get(const std::string& persona) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMasks, persona));
  if (!row) return std::nullopt;
  Decoder in(*row);
  Mask mask{.length = in.U32(), .salt = in.Str(kSalt), .digest = in.Hash()};
  RETURN_IF_ERROR(in.Finish("the mask of an account"));
  return mask;
}

Status MaskFinder::HideIn(wire::Facts& facts, std::string_view route) {
  const std::string persona = PersonaOf(route);
  if (persona.empty()) return {};
  if (!store_) {
    ASSIGN_OR_RETURN(store_, MaskStore::Open(folder_));
  }
  ASSIGN_OR_RETURN(const auto mask, store_->Get(persona));
  if (mask) Hide(facts, *mask);
  return {};
}

}  // namespace nightjar::masks
