// SPDX-License-Identifier: Apache-2.0
#include "crawler/forget.h"

#include <filesystem>

#include "archive/alerts/alerts.h"
#include "archive/store/compact.h"
#include "crawler/availability/observer.h"
#include "crawler/frontier_rebuild.h"
#include "crawler/jobs/robots_files.h"
#include "crawler/sessions/session_store.h"

namespace nightjar::crawler {
namespace {

bool IsStore(const std::string& folder) { return std::filesystem::exists(folder + "/data.mdb"); }

Status ForgetSessions(const config::Settings& settings, std::span<const std::string> hosts) {
  if (!IsStore(settings.SessionsFolder())) return {};
  ASSIGN_OR_RETURN(const auto sessions,
                   sessions::SessionStore::Open(
                       {.folder = settings.SessionsFolder(), .key_path = settings.SessionKeyPath()}));
  for (const std::string& host : hosts) RETURN_IF_ERROR(sessions->ForgetHost(host));
  return {};
}

Status ForgetAlerts(const config::Settings& settings, std::span<const std::string> hosts) {
  if (!IsStore(settings.AlertsFolder())) return {};
  ASSIGN_OR_RETURN(const auto alerts,
                   alerts::AlertStore::Open(settings.AlertsFolder(), alerts::AlertStore::Mode::kWrite));
  for (const std::string& host : hosts) RETURN_IF_ERROR(alerts->Forget(host));
  return {};
}

Status ForgetRobots(const config::Settings& settings) {
  ASSIGN_OR_RETURN(const auto files, jobs::RobotsFiles::Open(settings.ControlFolder()));
  return files->Clear();
}

}  // namespace

Status ForgetHosts(const config::Settings& settings, std::span<const std::string> hosts, StopSignal& stop) {
  if (hosts.empty()) return {};
  RETURN_IF_ERROR(ForgetSessions(settings, hosts));
  RETURN_IF_ERROR(ForgetAlerts(settings, hosts));
  RETURN_IF_ERROR(ForgetRobots(settings));
  if (IsStore(settings.AvailabilityFolder()))
    RETURN_IF_ERROR(availability::Forget(settings.AvailabilityFolder(), hosts));
  if (IsStore(settings.FrontierFolder())) RETURN_IF_ERROR(RebuildFrontier(settings, stop));
  for (const std::string& folder :
       {settings.SessionsFolder(), settings.AlertsFolder(), settings.AvailabilityFolder()})
    RETURN_IF_ERROR(store::Compact(folder));
  return {};
}

}  // namespace nightjar::crawler
