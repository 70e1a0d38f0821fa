// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/goods.h"

namespace nightjar::world {

namespace {

constexpr std::array<Leaf, 24> kLeaves = {{
    {"Ceramics", "Figurines", {"owl", "heron", "badger", "fox", "hedgehog", "rooster", "seal", "tortoise"}},
    {"Ceramics",
     "Tableware",
     {"teapot", "jug", "bowl", "plate", "egg cup", "butter dish", "mug", "cake stand"}},
    {"Ceramics",
     "Tiles",
     {"stove tile", "border tile", "corner tile", "floor tile", "tile panel", "house number", "trivet",
      "tile sample"}},
    {"Ceramics",
     "Vases",
     {"vase", "flower pot", "amphora", "cachepot", "bud vase", "umbrella stand", "urn", "wall pocket"}},
    {"Radio & Electronics",
     "Valves",
     {"radio valve", "rectifier valve", "valve socket", "valve tester", "magic eye valve", "output valve",
      "valve carton", "ballast tube"}},
    {"Radio & Electronics",
     "Receivers",
     {"crystal set", "table radio", "short-wave receiver", "tuner", "portable radio", "headphones",
      "loudspeaker", "tuning dial"}},
    {"Radio & Electronics",
     "Test gear",
     {"voltmeter", "oscilloscope", "signal generator", "frequency counter", "decade box", "galvanometer",
      "test lead", "wattmeter"}},
    {"Radio & Electronics",
     "Parts",
     {"transformer", "variable capacitor", "choke coil", "toggle switch", "jewel lamp", "relay",
      "terminal block", "knob"}},
    {"Books & Maps",
     "Maps",
     {"railway map", "sea chart", "city plan", "relief map", "star chart", "cycling map", "geological map",
      "school wall map"}},
    {"Books & Maps",
     "Handbooks",
     {"gardening handbook", "sewing manual", "radio handbook", "cookery book", "bird guide", "knot book",
      "bookbinding primer", "timetable"}},
    {"Books & Maps",
     "Prints",
     {"woodcut", "etching", "botanical print", "poster", "linocut", "engraving", "lithograph", "bookplate"}},
    {"Books & Maps",
     "Stationery",
     {"inkwell", "fountain pen", "letter opener", "blotter", "sealing wax", "ledger", "pencil box",
      "paper knife"}},
    {"Garden",
     "Seeds",
     {"tomato seeds", "sunflower seeds", "bean seeds", "foxglove seeds", "lettuce seeds", "pumpkin seeds",
      "cornflower seeds", "chive seeds"}},
    {"Garden",
     "Tools",
     {"trowel", "pruning shears", "watering can", "hand fork", "dibber", "garden line", "hoe", "seed drill"}},
    {"Garden",
     "Furniture",
     {"bench", "folding chair", "bird bath", "sundial", "lantern", "plant stand", "trellis", "hammock"}},
    {"Garden",
     "Beekeeping",
     {"hive frame", "smoker", "honey jar", "hive tool", "bee brush", "wax mould", "skep", "queen cage"}},
    {"Textiles",
     "Blankets",
     {"blanket", "quilt", "throw", "shawl", "plaid", "bedspread", "pram cover", "rug"}},
    {"Textiles",
     "Lace",
     {"doily", "collar", "tablecloth", "curtain", "lace edging", "handkerchief", "bobbin set",
      "lace pillow"}},
    {"Textiles",
     "Yarn",
     {"sock yarn", "mohair yarn", "linen thread", "embroidery floss", "wool skein", "silk ribbon",
      "darning wool", "macrame cord"}},
    {"Textiles",
     "Hats",
     {"straw hat", "beret", "bonnet", "felt hat", "sun hat", "knitted cap", "hat box", "hat block"}},
    {"Clocks & Toys",
     "Clocks",
     {"mantel clock", "alarm clock", "cuckoo clock", "pocket watch", "wall clock", "hourglass", "clock key",
      "pendulum"}},
    {"Clocks & Toys",
     "Barometers",
     {"barometer", "thermometer", "hygrometer", "rain gauge", "weather house", "wind vane", "barograph",
      "altimeter"}},
    {"Clocks & Toys",
     "Toys",
     {"spinning top", "tin train", "doll's house", "kite", "marble run", "rocking horse", "puppet",
      "steam engine"}},
    {"Clocks & Toys",
     "Games",
     {"chess set", "draughts board", "dice cup", "jigsaw puzzle", "card game", "backgammon board",
      "skittles set", "solitaire board"}},
}};

}  // namespace

const std::array<Leaf, 24>& Leaves() { return kLeaves; }

const std::array<std::string_view, 40>& Qualities() {
  static constexpr std::array<std::string_view, 40> kQualities = {
      "vintage", "blue",     "green",    "small",      "antique",   "red",      "hand-made", "white",
      "old",     "large",    "painted",  "black",      "restored",  "yellow",   "rustic",    "grey",
      "unused",  "polished", "striped",  "decorative", "nautical",  "art déco", "folding",   "miniature",
      "carved",  "glazed",   "amber",    "crème",      "turquoise", "signed",   "country",   "gilded",
      "rare",    "pale",     "speckled", "naïve",      "heavy",     "slender",  "twin",      "scalloped"};
  return kQualities;
}

const std::array<std::string_view, 24>& Materials() {
  static constexpr std::array<std::string_view, 24> kMaterials = {
      "ceramic", "brass",  "walnut",   "glass",   "oak",    "copper", "linen",     "porcelain",
      "pine",    "enamel", "bakelite", "pewter",  "wool",   "marble", "stoneware", "leather",
      "bronze",  "birch",  "wicker",   "crystal", "cotton", "nickel", "slate",     "papier-mâché"};
  return kMaterials;
}

const std::array<std::string_view, 16>& Countries() {
  static constexpr std::array<std::string_view, 16> kCountries = {
      "Germany", "Netherlands", "France",         "United Kingdom", "Norway",  "Portugal",
      "Poland",  "Sweden",      "Austria",        "Spain",          "Ireland", "Canada",
      "Finland", "Italy",       "Czech Republic", "New Zealand"};
  return kCountries;
}

const std::array<std::string_view, 4>& Regions() {
  static constexpr std::array<std::string_view, 4> kRegions = {"Worldwide", "EU", "North America",
                                                               "Scandinavia"};
  return kRegions;
}

}  // namespace nightjar::world
