# Sourced by the scripts that run a program of this tree: ./linkcheck, ./bench, ./stress, ./mutants.
# A module's program is in its target/classes, and the jars that it needs are in target/lib.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

# Notes that a module was built, at the time of this file: what is newer was not seen by the build.
mark_built() { # MODULE FILE
  touch -r "$2" "$root/$1/target/built-for-script"
}

# Builds a module, and what it depends on, where a source is newer than the last build. For which JDK it will run is
# nothing to the build: class files are of one release.
build_if_stale() { # MODULE
  local module=$1 start log
  local mark=$root/$module/target/built-for-script
  local inputs=("$root"/pom.xml "$root"/{core,jdbc,net,"$module"}/pom.xml "$root"/{core,jdbc,net,"$module"}/src/main)
  # Directories are compared too: their time tells of a source that was removed.
  [[ ! -e $mark || -n $(find "${inputs[@]}" -newer "$mark" -print -quit) ]] || return 0
  echo "Building…" >&2
  # The mark is as old as the start of the build, so that a change made meanwhile is not missed.
  start=$(mktemp)
  # Tests and warnings are for ./test: who only wants to run the program need not wait for them, or meet them.
  # Maven speaks only if it fails, because its own JVM may print warnings even with -q.
  local arguments=(-Dmaven.test.skip=true -Dmaven.compiler.failOnWarning=false)
  if ! log=$(cd "$root" && mvn -B -ntp -q package -pl "$module" -am "${arguments[@]}" 2>&1); then
    rm "$start"
    printf '%s\n' "$log" >&2
    exit 70
  fi
  mark_built "$module" "$start"
  rm "$start"
}

# Runs a program with the java of JAVA_HOME, or else the system's.
run_built() { # MODULE [JVM-OPTION...] CLASS [ARGUMENT...]
  local target=$root/$1/target
  shift
  # exec: the JVM takes this process's place, and with it signals and exit code.
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$target/classes:$target/lib/*" "$@"
}
