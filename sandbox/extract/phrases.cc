// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/phrases.h"

#include <algorithm>
#include <array>

#include "sandbox/values/letters.h"

namespace nightjar::extract::phrases {
namespace {

// clang-format off
constexpr std::array kSeized = std::to_array<std::string_view>({
    "site has been seized", "site was seized", "website has been seized", "domain has been seized", "service has been seized", "market has been seized",
    "marketplace has been seized", "server has been seized", "forum has been seized", "has been seized by", "have been seized by", "this site is seized",
    "seite wurde beschlagnahmt", "webseite wurde beschlagnahmt", "website wurde beschlagnahmt", "plattform wurde beschlagnahmt", "server wurden beschlagnahmt",
    "wurde sichergestellt durch", "beschlagnahmt durch", "сайт изъят", "сайт арестован", "сайт был изъят", "сайт конфискован", "сервер изъят", "домен изъят",
    "site a été saisi", "a été saisi par", "ce domaine a été saisi", "sitio ha sido incautado", "dominio ha sido incautado", "ha sido incautado por",
    "página ha sido incautada"});
constexpr std::array kBanned = std::to_array<std::string_view>({
    "you have been banned", "you are banned", "you're banned", "your account has been banned", "your account is banned", "account suspended",
    "account has been suspended", "account has been disabled", "account is suspended", "your ip has been banned", "you have been blocked", "you are blocked",
    "access to this site has been blocked", "you were banned", "du wurdest gesperrt", "sie wurden gesperrt", "dein konto wurde gesperrt",
    "ihr konto wurde gesperrt", "ihr konto ist gesperrt", "dein konto ist gesperrt", "вы забанены", "вы заблокированы", "ваш аккаунт заблокирован",
    "ваша учетная запись заблокирована", "ваша учётная запись заблокирована", "аккаунт заблокирован", "vous avez été banni", "vous êtes banni",
    "votre compte a été suspendu", "votre compte a été banni", "compte suspendu", "has sido bloqueado", "has sido baneado", "ha sido bloqueado",
    "tu cuenta ha sido suspendida", "su cuenta ha sido suspendida", "cuenta suspendida"});
constexpr std::array kLoggedOut = std::to_array<std::string_view>({
    "session has expired", "session expired", "session has timed out", "session timed out", "session has ended", "session is no longer valid",
    "invalid session", "you have been logged out", "you have been signed out", "you were logged out", "you are logged out", "please log in again",
    "please login again", "you must be logged in", "you need to be logged in", "you are not logged in", "you are no longer logged in", "sitzung ist abgelaufen", "sitzung abgelaufen",
    "sitzung ist beendet", "sie wurden abgemeldet", "du wurdest abgemeldet", "sie wurden ausgeloggt", "du wurdest ausgeloggt", "сессия истекла",
    "сеанс истек", "сеанс истёк", "время сессии истекло", "вы вышли из", "войдите снова", "session a expiré", "session expirée", "vous avez été déconnecté",
    "sesión ha expirado", "sesión ha caducado", "sesión expirada", "sesión caducada", "se ha cerrado la sesión"});
constexpr std::array kMaintenance = std::to_array<std::string_view>({
    "under maintenance", "maintenance mode", "down for maintenance", "scheduled maintenance", "undergoing maintenance", "in maintenance",
    "performing maintenance", "closed for maintenance", "we'll be back soon", "we will be back soon", "be right back", "temporarily offline", "site is being updated",
    "wartungsarbeiten", "wartungsmodus", "wegen wartung", "wir sind bald zurück", "технические работы", "техническое обслуживание", "технических работ",
    "сайт на обслуживании", "en maintenance", "maintenance en cours", "de retour bientôt", "en mantenimiento", "modo mantenimiento",
    "por mantenimiento", "volveremos pronto"});
constexpr std::array kNotFound = std::to_array<std::string_view>({
    "not found", "does not exist", "no longer exists", "doesn't exist", "do not exist", "page is gone", "could not be found", "couldn't be found", "cannot be found", "can't be found",
    "couldn't find", "could not find", "has been removed", "has been deleted", "no longer available", "no such", "is not available", "nothing here", "invalid listing", "invalid product",
    "nicht gefunden", "existiert nicht", "gibt es nicht", "nicht mehr verfügbar", "wurde gelöscht", "wurde entfernt", "не найдена", "не найден", "не найдено",
    "не существует", "удалена", "удалён", "удален", "больше не доступен", "introuvable", "n'existe pas", "n'existe plus", "pas été trouvé", "n'est plus disponible",
    "a été supprimé", "no encontrada", "no encontrado", "no existe", "no se ha encontrado", "no se encontró", "ya no está disponible", "ha sido eliminado"});
constexpr std::array kWaiting = std::to_array<std::string_view>({
    "ddos protection", "ddos-protection", "anti-ddos", "anti ddos", "ddos guard", "checking your browser", "you are in a queue", "placed in a queue", "in the queue", "queue",
    "you will be redirected", "please wait", "just a moment", "one moment", "be patient", "waiting room", "verifying your browser", "security check",
    "warteschlange", "bitte warten", "einen moment", "weitergeleitet", "ddos-schutz", "подождите", "очеред", "ожидайте", "проверка браузера", "защита от ddos", "перенаправлены",
    "file d'attente", "veuillez patienter", "patientez", "vous allez être redirigé", "vérification de votre navigateur", "cola de espera", "en cola", "espere", "espera un momento",
    "será redirigido", "comprobando su navegador", "comprobando tu navegador"});
constexpr std::array kQueueing = std::to_array<std::string_view>({
    "checking your browser", "verifying your browser", "placed in a queue", "awaiting forwarding to the platform", "your position in the queue", "your place in the queue",
    "position in queue", "you are in a queue", "warteschlange", "sie sind in der warteschlange", "проверка браузера", "вы в очереди", "место в очереди",
    "file d'attente", "vérification de votre navigateur", "cola de espera", "comprobando su navegador", "comprobando tu navegador"});
constexpr std::array kLoggingIn = std::to_array<std::string_view>({
    "login", "log in", "log-in", "sign in", "sign-in", "signin", "logon", "username", "passphrase", "nickname", "anmelden", "anmeldung", "einloggen", "benutzername", "passwort",
    "войти", "вход", "авторизация", "логин", "пароль", "имя пользователя", "connexion", "se connecter", "identifiant", "mot de passe", "iniciar sesión", "acceder", "ingresar",
    "contraseña", "usuario", "sign up", "signup", "register", "registrieren", "регистрация", "inscription", "registro", "registrarse"});
constexpr std::array kCaptcha = std::to_array<std::string_view>({
    "captcha", "капча", "капчу", "are you human", "are you a human", "not a robot", "you are human", "human verification", "anti-bot", "antibot", "code in the image", "code from the image",
    "characters in the image", "characters you see", "text in the image", "security code", "verification code", "letters you see", "bist du ein mensch", "sind sie ein mensch",
    "kein roboter", "zeichen im bild", "zeichen aus dem bild", "sicherheitscode", "код с картинки", "символы с картинки", "введите код", "вы не робот", "я не робот", "code de sécurité",
    "caractères de l'image", "recopiez", "pas un robot", "código de seguridad", "código de la imagen", "caracteres de la imagen", "no soy un robot", "no eres un robot"});
constexpr std::array kPhished = std::to_array<std::string_view>({
    "you have been phished", "you are being phished", "you are on a phishing", "you're on a phishing", "this is a phishing", "phishing site detected", "phishing mirror detected",
    "phishing detected", "phisher site", "this is a fake", "this mirror is a phishing", "this site is a phishing", "this is not the real", "sie sind auf einer phishing",
    "du bist auf einer phishing", "dies ist eine phishing", "это фишинг", "вы на фишинг", "фишинговый сайт", "vous êtes sur un site de phishing", "ceci est un site de phishing",
    "estás en un sitio de phishing", "está en un sitio de phishing", "este es un sitio de phishing"});
constexpr std::array kServerError = std::to_array<std::string_view>({
    "bad gateway", "gateway timeout", "gateway time-out", "internal server error", "service unavailable", "service temporarily unavailable", "fatal error", "uncaught exception",
    "error establishing a database connection", "database error", "could not connect to database", "sqlstate[", "an error occurred while processing", "something went wrong", "too many connections",
    "an unexpected error", "an error has occurred", "an error occurred", "application error", "interner serverfehler", "datenbankfehler", "ein fehler ist aufgetreten", "внутренняя ошибка сервера", "ошибка базы данных",
    "произошла ошибка", "erreur interne du serveur", "erreur de base de données", "une erreur est survenue", "error interno del servidor", "error de base de datos", "ha ocurrido un error"});
constexpr std::array kEmpty = std::to_array<std::string_view>({
    "index of /", "welcome to nginx", "it works!", "apache2 debian default page", "default web page", "site is under construction", "coming soon", "website coming soon"});

constexpr std::array kConditions = std::to_array<std::string_view>({
    "if", "when", "whenever", "once", "unless", "until", "after", "why", "how", "whether", "in case", "before", "said", "says", "should", "never", "wenn", "falls", "warum", "nachdem", "sobald",
    "если", "когда", "почему", "после", "si", "lorsque", "quand", "pourquoi", "après", "cuando", "porque", "después", "gets", "got", "getting", "was", "my", "his", "her", "their"});
constexpr std::array kFrame = std::to_array<std::string_view>({
    "the", "this", "that", "page", "pages", "you", "your", "requested", "are", "is", "was", "were", "looking", "for", "product", "listing", "item", "offer", "user", "vendor", "seller", "thread", "topic", "post", "profile",
    "category", "sorry", "oops", "error", "file", "does", "we", "i", "resource", "document", "url", "on", "server", "http", "or", "and", "been", "has", "have", "a", "an", "it", "of", "with", "id", "no", "our", "to", "requesting",
    "die", "der", "das", "diese", "dieses", "seite", "wurde", "angebot", "artikel", "leider", "fehler", "produkt", "gesuchte", "страница", "товар", "ошибка", "запрашиваемая", "объявление", "пользователь", "к", "сожалению", "page",
    "la", "le", "cette", "produit", "annonce", "désolé", "erreur", "demandée", "est", "l'annonce", "página", "el", "producto", "lo", "sentimos", "anuncio", "solicitada", "que", "buscas", "ce", "s", "t", "access", "denied", "matching"});
// clang-format on

bool IsAmong(List list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

template <typename Visit>
void ForEachWord(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = values::WordAt(text, at);
    if (!word.empty()) visit(word);
    at += word.empty() ? values::CharacterSize(text, at) : word.size();
  }
}

// What stands before `at` in its sentence.
std::string_view SentenceBefore(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t end = before.find_last_of(".!?\n");
  return end == std::string_view::npos ? before : before.substr(end + 1);
}

bool IsConditional(std::string_view before) {
  if (before.size() > 200) before.remove_prefix(before.size() - 200);
  bool conditional =
      before.ends_with('"') || before.ends_with("“") || before.ends_with("„") || before.ends_with("«");
  ForEachWord(before, [&](std::string_view word) { conditional |= IsAmong(kConditions, word); });
  return conditional;
}

std::size_t StatedAt(std::string_view lower, std::string_view phrase) {
  constexpr int kTries = 4;
  std::size_t at = lower.find(phrase);
  for (int i = 0; at != std::string_view::npos && i < kTries; ++i) {
    const bool word = !values::IsWordBefore(lower, at);
    if (word && !IsConditional(SentenceBefore(lower, at))) return at;
    at = lower.find(phrase, at + phrase.size());
  }
  return std::string_view::npos;
}

}  // namespace

List Seized() { return kSeized; }
List Banned() { return kBanned; }
List LoggedOut() { return kLoggedOut; }
List Maintenance() { return kMaintenance; }
List NotFound() { return kNotFound; }
List Waiting() { return kWaiting; }
List Queueing() { return kQueueing; }
List LoggingIn() { return kLoggingIn; }
List Captcha() { return kCaptcha; }
List Phished() { return kPhished; }
List ServerError() { return kServerError; }
List Empty() { return kEmpty; }

std::string_view Stated(std::string_view lower, List list) {
  const auto found = std::find_if(list.begin(), list.end(), [&](std::string_view phrase) {
    return StatedAt(lower, phrase) != std::string_view::npos;
  });
  return found == list.end() ? std::string_view() : *found;
}

std::string_view StatedAlone(std::string_view lower_line, List list) {
  constexpr std::size_t kLongestStatement = 160;
  constexpr int kOtherWords = 3;
  if (lower_line.size() > kLongestStatement) return {};
  const std::string_view phrase = Stated(lower_line, list);
  if (phrase.empty()) return {};
  const std::size_t at = StatedAt(lower_line, phrase);
  int others = 0;
  const auto count = [&](std::string_view word) { others += IsAmong(kFrame, word) ? 0 : 1; };
  ForEachWord(lower_line.substr(0, at), count);
  ForEachWord(lower_line.substr(at + phrase.size()), count);
  return others <= kOtherWords ? phrase : std::string_view();
}

}  // namespace nightjar::extract::phrases
