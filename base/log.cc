// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json.h"

namespace nightjar::log {
namespace {

// The message as a JSON string, quotes included, so that no text can break out of its line.
class JsonMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    const std::string text =
        json::serialize(json::string(ToValidUtf8({message.payload.data(), message.payload.size()})));
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

}  // namespace

Status Open(const Options& options) {
  constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
  if (std::ranges::find(kLevels, options.level) == kLevels.end()) {
    return Fail(Code::kInvalidInput, "log level must be debug, info, warn or error", options.level);
  }
  auto logger =
      std::make_shared<spdlog::logger>(options.role, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  formatter->add_flag<JsonMessage>('*');
  formatter->set_pattern(options.format == Format::kJson
                             ? R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","role":"%n","text":%*})"
                             : "%Y-%m-%dT%H:%M:%S.%eZ %-5l %n  %v");
  logger->set_formatter(std::move(formatter));
  logger->set_level(spdlog::level::from_str(options.level));
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  return {};
}

std::string Safe(std::string_view outside_text) {
  constexpr std::size_t kMost = 200;
  std::string out;
  for (const char c : outside_text.substr(0, kMost)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '\\') {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out.push_back(c);
    }
  }
  return outside_text.size() > kMost ? out + "..." : out;
}

}  // namespace nightjar::log
