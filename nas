#!/usr/bin/env bash
# nas: build nas4j, set up Jupyter with a Java kernel that knows it, and run its notebooks.
set -euo pipefail

ROOT=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
VENV="$ROOT/.venv"
LOG="$ROOT/.nas/setup.log"
CHECKS="$ROOT/src/test/notebook"
EXECUTED="$ROOT/target/notebooks"
DEMO=01-quickstart

usage() {
  cat <<'EOF'
usage: ./nas COMMAND

  demo      build, set up and run notebooks/01-quickstart.ipynb; tells where the result lies
  lab       the same set-up, then JupyterLab on notebooks/ (further arguments go to jupyter)
  test      every check: all tests, once more as on another machine, all notebooks in the real kernel,
            a browser on the result; tells at its end what took how long
  check     for daily work, in minutes: unit tests, native tests that take seconds, the first notebook
  site      the documentation as plain HTML in target/site: pages, executed notebooks, Javadoc; checks its links
  setup     only build and set up (idempotent: does again only what changed)
  kernel    only build and register the Java kernel in the Python environment of NAS_PYTHON

Environment:
  NAS_NOTEBOOKS    names of the notebooks to check in `test`, blank-separated (default: all)
  NAS_THREADS      native threads of the native tests (default: 1)
  NAS_JVM_OPTS     further JVM options of the notebook kernel, such as -Xmx4g
  NAS_MAVEN_ARGS   further Maven arguments, such as -Pgpu: without the CPU natives, so that DJL
                   fetches those that fit the machine (done by itself where they aren't Linux x86_64)
  NAS_CHROMIUM     the browser for `test` (default: the first Chromium or Chrome on the PATH)
EOF
}

say() { printf 'nas: %s\n' "$*"; }
die() { printf 'nas: %s\n' "$*" >&2; exit 1; }

# A signal ends the child too: a kernel must not outlive its notebook.
export PYTHONUTF8=1 # notebooks hold more than a C locale can write
exec 8>&2 # a signal may come while stderr goes to the log
CHILD=
stop() {
  trap '' INT TERM
  [ -z "$CHILD" ] || { kill -TERM "$CHILD" 2>/dev/null && wait "$CHILD" || true; }
  printf '\nnas: stopped.\n' >&8
  exit 130
}
trap stop INT TERM

# Runs a command as a child that `stop` can end; its exit status is the result.
run() {
  local status=0
  "$@" </dev/null & CHILD=$!
  wait "$CHILD" || status=$?
  CHILD=
  return "$status"
}

# run, with the output in the log: "step WHAT COMMAND..." tells WHAT and how long it took.
step() {
  local what=$1 start=$SECONDS; shift
  say "$what ..."
  printf '\n== %s: %s\n' "$what" "$*" >>"$LOG"
  if ! run "$@" >>"$LOG" 2>&1; then
    grep -E '^(\[ERROR\]|ERROR|E:|error:)' "$LOG" | head -n 1 >&2 || true
    die "failed: $what. The log is $LOG"
  fi
  say "$what: done in $((SECONDS - start)) s"
}

# ---- what the machine must have ----------------------------------------------------------------

java_fits() { # JAVA: is it a JDK >= 17 with JShell, which the kernel runs cells in?
  local modules
  [ -x "$1" ] && [ -x "${1%java}javac" ] && modules=$("$1" --list-modules 2>/dev/null) || return 1
  [[ $modules == *jdk.jshell@* ]] || return 1
  [[ $modules =~ java\.base@([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 17 ]
}

find_java() {
  local java
  for java in "${JAVA_HOME:-/none}/bin/java" "$(readlink -f "$(command -v java || echo /none)")" \
      /usr/lib/jvm/*/bin/java; do
    if java_fits "$java"; then
      JAVA=$java; export JAVA_HOME=${java%/bin/java}; export PATH="$JAVA_HOME/bin:$PATH"
      return
    fi
  done
  return 1
}

python_fits() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null
}

find_python() {
  for PYTHON in ${NAS_PYTHON:+"$NAS_PYTHON"} python3 /usr/bin/python3; do
    if python_fits "$PYTHON"; then return; fi
  done
  return 1
}

find_chromium() {
  local name
  for name in ${NAS_CHROMIUM:+"$NAS_CHROMIUM"} chromium chromium-browser google-chrome; do
    CHROMIUM=$(command -v "$name") && "$CHROMIUM" --version >/dev/null 2>&1 && return
  done
  return 1
}

# need_tools [chromium]: installs what is absent where apt-get may, else tells the line that does.
need_tools() {
  local packages=() jdk=openjdk-17-jdk-headless line
  find_java || packages+=(jdk)
  command -v mvn >/dev/null || packages+=(maven)
  find_python || packages+=(python3 python3-venv)
  [ $# = 0 ] || find_chromium || packages+=(chromium)
  [ ${#packages[@]} != 0 ] || return 0

  local root=
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    root=yes
    step "Reading the package lists" apt-get update
  fi
  # Releases that carry only newer ones have them under this name.
  if ! apt-cache show "$jdk" >/dev/null 2>&1 && apt-cache show default-jdk-headless >/dev/null 2>&1; then
    jdk=default-jdk-headless
  fi
  packages=("${packages[@]/#jdk/$jdk}")
  line="apt-get install -y --no-install-recommends ${packages[*]}"
  [ -n "$root" ] || die "missing: ${packages[*]}. On Debian or Ubuntu run: sudo sh -c 'apt-get update && $line'"
  step "Installing ${packages[*]}" env DEBIAN_FRONTEND=noninteractive sh -c "$line"

  find_java || die "no JDK 17 or newer with the module jdk.jshell was found. Set JAVA_HOME to one."
  find_python || die "no Python 3.9 or newer with venv was found. Set NAS_PYTHON to one."
  [ $# = 0 ] || find_chromium || die "no Chromium that starts was found. Set NAS_CHROMIUM to one."
}

# ---- set-up ------------------------------------------------------------------------------------

# fresh STAMP KEY: was the thing finished for just these inputs? A stamp is written last of all.
fresh() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

digest() { (cd "$ROOT" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum); }

# Takes the place of the shell that runs it, so that a signal reaches Maven.
maven() {
  local natives=()
  # The natives of the default profile are those of Linux x86_64; elsewhere DJL downloads its own.
  [ "$(uname -sm)" = "Linux x86_64" ] || natives=(-Pgpu)
  # shellcheck disable=SC2086  # several arguments
  exec mvn -B -f "$ROOT/pom.xml" ${natives[@]+"${natives[@]}"} ${NAS_MAVEN_ARGS:-} "$@"
}

build_key() { echo "$(digest pom.xml .mvn src/main) ${NAS_MAVEN_ARGS:-} $JAVA $ROOT"; }

# The native library is two thirds of the class path, and Maven has it already: a link, not a copy.
NATIVES=pytorch-native-cpu

find_natives() {
  maven -q dependency:build-classpath -DincludeArtifactIds="$NATIVES" -Dmdep.outputFile="$ROOT/target/natives.path"
}

build() {
  local stamp="$ROOT/target/nas.stamp" lib="$ROOT/target/lib" jar
  # A link that leads nowhere is left where Maven's repository was emptied.
  if ! fresh "$stamp" "$(build_key)" || [ -n "$(find -L "$lib" -type l 2>/dev/null)" ]; then
    rm -rf "$stamp" "$lib" "$ROOT"/target/nas4j-*.jar
    step "Building nas4j" maven -q -Dmaven.test.skip=true package dependency:copy-dependencies \
      -DincludeScope=runtime -DexcludeArtifactIds="$NATIVES" -DoutputDirectory="$lib"
    step "Finding the native library" find_natives
    jar=$(cat "$ROOT/target/natives.path" 2>/dev/null || true)
    [ ! -f "$jar" ] || ln -s "$jar" "$lib/"
    build_key >"$stamp"
  fi
}

# environment REQUIREMENTS...: Jupyter in .venv. One that was cut short, moved or damaged is made anew.
environment() {
  local stamp="$VENV/nas.stamp" key files=() file
  for file in "$@"; do files+=(-r "$file"); done
  key="$(cat "$@" | cksum) $VENV"
  if ! fresh "$stamp" "$key" || ! "$VENV/bin/python" -c 'import jupyterlab, nbclient, nbconvert' 2>/dev/null
  then
    rm -rf "$VENV"
    step "Making the Python environment .venv" "$PYTHON" -m venv "$VENV"
    step "Installing Jupyter and the Java kernel" "$VENV/bin/python" -m pip install \
      --quiet --disable-pip-version-check "${files[@]}"
    echo "$key" >"$stamp"
  fi
}

# register PYTHON: the kernel `java` of that environment gets nas4j on its class path.
register() {
  "$1" "$ROOT/binder/register.py" "$JAVA" "$ROOT/target" "${NAS_JVM_OPTS:-}" \
    || die "the Java kernel can't be registered in the Python environment of $1"
}

start() { # what every command begins with
  case $ROOT in *[:*?\[\{]*) die "the class path can't hold $ROOT: it has one of : * ? [ {. Move it." ;; esac
  mkdir -p "$ROOT/.nas"
  : >"$LOG"
  need_tools "$@"
}

setup() {
  start
  # Two set-ups at once would spoil each other's files.
  if command -v flock >/dev/null; then
    exec 9>"$ROOT/.nas/lock"
    flock -n 9 || { say "waiting for another set-up here to end ..."; flock 9; }
  fi
  environment "$ROOT/binder/requirements.txt" "$CHECKS/requirements.txt"
  build
  register "$VENV/bin/python"
  exec 9>&-
}

# ---- commands ----------------------------------------------------------------------------------

demo() {
  setup
  run "$VENV/bin/python" "$CHECKS/execute.py" "$ROOT/notebooks/$DEMO.ipynb" "$EXECUTED/$DEMO.ipynb"
}

lab() {
  setup
  local root=()
  [ "$(id -u)" != 0 ] || root=(--allow-root)
  cd "$ROOT/notebooks"
  exec "$VENV/bin/python" -m jupyterlab ${root[@]+"${root[@]}"} "$@"
}

# Javadoc of the public types; the kernels' classes that it names come with Maven.
javadoc_pages() {
  local classpath="$ROOT/target/classpath"
  (maven -q dependency:build-classpath -Dmdep.outputFile="$classpath") || return
  exec "$JAVA_HOME/bin/javadoc" -quiet -Xdoclint:none -notimestamp -encoding UTF-8 -docencoding UTF-8 \
    -windowtitle nas4j -doctitle nas4j -d "$ROOT/target/site/apidocs" -cp "$(cat "$classpath")" \
    -sourcepath "$ROOT/src/main/java" -subpackages io.nas4j
}

site() {
  setup
  rm -rf "$ROOT/target/site"
  step "Writing the Javadoc" javadoc_pages
  run "$VENV/bin/python" "$ROOT/src/site/pages.py" "$ROOT/target/site" || die "a link leads nowhere"
  say "open target/site/index.html"
}

# part WHAT COMMAND...: runs it in sight, and keeps how long it took; a failure ends all.
part() {
  local what=$1 start=$SECONDS; shift
  run "$@" || { printf 'FAILED %s\n0 passed, 1 failed\n' "$what"; exit 1; }
  printf '%s\t%s\n' "$((SECONDS - start))" "$what" >>"$PARTS"
}

# The tests as on a processor without wide vectors, with two threads, in another language and zone;
# the JVM is told by itself too, since the machine may lack the locale.
elsewhere() {
  export ATEN_CPU_CAPABILITY=default DNNL_MAX_CPU_ISA=AVX2 TZ=Asia/Kathmandu
  if locale -a 2>/dev/null | grep -qi '^de_DE\.utf-\?8$'; then export LC_ALL=de_DE.UTF-8; fi
  maven surefire:test failsafe:integration-test failsafe:verify -Dnas.test.round=-elsewhere \
    -Dnas.test.threads=2 "-Dnas.test.jvm=-Duser.language=de -Duser.country=DE -Duser.timezone=$TZ"
}

# Threads that spin while they wait are fastest on a machine of their own, and take many times as long
# where another process needs the core, as it may while tests run.
notebooks() {
  export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
  exec "$VENV/bin/python" "$CHECKS/check.py" --out "$EXECUTED" --parts "$PARTS" "$@"
}

# begin_parts [chromium]: both ways to test begin with the tools, and with no part done.
begin_parts() {
  PARTS="$ROOT/.nas/parts.tsv"
  start "$@"
  : >"$PARTS"
}

# What the notebooks need, and the tests of what checks them.
prepare_notebooks() {
  local begin=$SECONDS
  setup
  printf '%s\tset-up\n' "$((SECONDS - begin))" >>"$PARTS"
  part "tests of the notebooks' checks" "$VENV/bin/python" -m unittest discover -q -s "$CHECKS"
  part "pages of the documentation" "$VENV/bin/python" "$ROOT/src/site/pages.py" "$ROOT/target/site"
}

# A kernel that is not in the environment: Maven has its jar.
rapaio_cells() {
  local kernel="$ROOT/target/kernels"
  (maven -q dependency:copy-dependencies -DincludeArtifactIds=rapaio-jupyter-kernel \
    -DoutputDirectory="$kernel" -Dmdep.overWriteIfNewer=true) || return
  exec "$VENV/bin/python" "$CHECKS/rapaio.py" "$kernel"/rapaio-jupyter-kernel-*.jar \
    "$ROOT"/target/nas4j-*[0-9].jar "$ROOT/target/lib"
}

binder_steps() {
  local repository="$HOME/.m2/repository"
  [ -d "$repository" ] || repository=
  exec "$VENV/bin/python" "$CHECKS/binder.py" ${repository:+"$repository"}
}

tests() {
  begin_parts chromium
  part "tests" maven verify "-Dnas.test.threads=${NAS_THREADS:-1}"
  part "tests as on another machine" elsewhere
  prepare_notebooks
  part "cells in a live rapaio kernel" rapaio_cells
  [ "$(uname -sm)" != "Linux x86_64" ] || part "Binder's steps in a clean folder" binder_steps
  # shellcheck disable=SC2086  # several names
  run notebooks --at-once 2 --browser "$CHROMIUM" ${NAS_NOTEBOOKS:-}
}

check() {
  begin_parts
  part "tests that take seconds" maven verify -DexcludedGroups=slow "-Dnas.test.threads=${NAS_THREADS:-1}"
  prepare_notebooks
  run notebooks "$DEMO"
}

# For an environment that someone else made, such as Binder's.
kernel() {
  start
  build
  register "$PYTHON"
}

command=${1:-}
[ $# = 0 ] || shift
# Only the lab hands its arguments on.
case $command in lab) ;; *) [ $# = 0 ] || { usage >&2; exit 2; } ;; esac
case $command in
  demo) demo ;;
  lab) lab "$@" ;;
  test) tests ;;
  check) check ;;
  site) site ;;
  setup) setup ;;
  kernel) kernel ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
