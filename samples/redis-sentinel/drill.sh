#!/bin/sh
# Two real Redis and three Sentinels behind the gateway, and ten failovers of each kind:
#   ./drill.sh [rounds]
# Needs a JDK 17 or newer, redis-server, and the gateway's folder in SLUICE_HOME (default: the one this sample is in).
set -eu

folder=$(cd "$(dirname "$0")" && pwd -P)
home=${SLUICE_HOME:-$(cd "$folder/../.." && pwd -P)}
rounds=${1:-10}

fail() {
  echo "drill: $1" >&2
  exit 2
}

[ -x "$home/bin/sluice" ] || fail "no gateway in $home: set SLUICE_HOME"
redis=${REDIS_SERVER:-$(command -v redis-server || true)}
[ -n "$redis" ] || fail "no redis-server found: install Redis, or set REDIS_SERVER"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
command -v "$javac" >/dev/null || fail "no javac found: set JAVA_HOME to a JDK 17 or newer"

classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
"$javac" -d "$classes" "$folder"/drill/*.java
"$java" -cp "$classes" Drill "$folder" "$home" "$redis" "$rounds" "${SLACK_MS:-250}" &
drill=$!
# whoever ends this script ends the drill, and with it all that it has started
trap 'kill "$drill"; wait "$drill"; exit 2' INT TERM
wait "$drill"
