# Sourced by ./demo and ./check: install what is missing, configure, build. Bash; `set -euo pipefail` is the caller's.

# The missing ones of the listed Debian packages, installed with apt-get (root, or sudo).
install_packages() {
  local wanted missing=() package as_root=()
  wanted=$(grep -v '^#' "$ROOT/cmake/packages.txt")
  for package in $wanted; do
    # A program that is there already (nodejs installed another way) need not come from its package.
    case $package in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Packages are missing (${missing[*]}): run as root, or install sudo." >&2; return 1; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# configure FOLDER [CMake options...]
configure() {
  local folder=$1
  shift
  cmake -S "$ROOT" -B "$folder" -G Ninja "$@"
}

# How many compilers at once: one per core, but each wants about 1.5 GB of memory.
build_jobs() {
  local cores memory_kb
  cores=$(nproc)
  memory_kb=$(awk '/MemAvailable/ {print $2}' /proc/meminfo)
  local by_memory=$((memory_kb / 1500000))
  [ "$by_memory" -lt 1 ] && by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}
