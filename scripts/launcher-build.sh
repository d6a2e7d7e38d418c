# Keeps the build that ./foldlog runs; sourced by it.
#
# .build/current names the folder of jars in use, .build/app.*. A build makes a new folder and then moves
# the name, so a server keeps the jars that it was started with. The folder before last is removed.
# The time of .build/current is the moment its build began: sources newer than that are not in it.

# What every command's JVM is told. Its own messages go to standard error: standard output is for data.
# A start cache that does not fit (another JDK, other options) is passed over in silence.
foldlog_java=(
    -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true
    -Xlog:disable '-Xlog:all=warning,aot*=off,cds*=off:stderr'
)

# The jars of a folder, in an order that does not change: the start cache holds for this order only.
foldlog_class_path() {
    local jars=("$1"/*.jar) IFS=:
    echo "${jars[*]}"
}

# Sets foldlog_build, a folder of jars made from the sources as they are now; $1 is the project's top.
foldlog_find_build() {
    local top=$1
    if ! foldlog_is_built "$top"; then
        [ -z "${FOLDLOG_BUILDING:-}" ] || foldlog_fail "sources are newer than the build, and a build is running around this command"
        foldlog_build_locked "$top"
    fi
    read -r foldlog_build <"$top/.build/current"
    foldlog_build=$top/.build/$foldlog_build
}

foldlog_is_built() (
    cd "$1" || exit 1
    [ -f .build/current ] || exit 1
    read -r app <.build/current
    [ -d ".build/$app" ] || exit 1
    newer=$(find pom.xml .mvn proto core expressions stores server cli \
        \( -name target -o -path '*/src/test' \) -prune -o \
        \( -type f -o -path '*/src/main*' \) -newer .build/current -print -quit)
    [ -z "$newer" ]
)

# One builder at a time; whoever waited finds the build done.
foldlog_build_locked() (
    mkdir -p "$1/.build" || foldlog_fail "cannot write to $1/.build"
    if command -v flock >/dev/null; then
        exec 9>"$1/.build/lock"
        flock 9
        foldlog_is_built "$1" && exit 0
    fi
    foldlog_build "$1" 9>&-
)

foldlog_build() {
    local top=$1 began app before old
    echo "foldlog: building (the first time some minutes: libraries are fetched too)" >&2
    foldlog_find_maven
    export MVN JAVA_HOME
    began=$(mktemp "$top/.build/began.XXXXXX")
    # Old jars first: Maven does not remove a library that is no longer used.
    rm -rf "$top/cli/target/lib"
    FOLDLOG_BUILDING=1 "$top/scripts/mvn" -pl cli -am package \
        -Dmaven.test.skip=true -Dspotless.check.skip=true | foldlog_show_build || {
        rm -f "$began"
        foldlog_fail "the build failed: see above"
    }
    app=$(mktemp -d "$top/.build/app.XXXXXX")
    cp "$top"/cli/target/lib/*.jar "$top"/cli/target/cli-*.jar "$app/"
    chmod 755 "$app"
    foldlog_make_start_cache "$app"
    before=$(cat "$top/.build/current" 2>/dev/null || true)
    echo "${app##*/}" >"$began.name"
    touch -r "$began" "$began.name"
    mv "$began.name" "$top/.build/current"
    rm -f "$began"
    for old in "$top"/.build/app.*; do
        case ${old##*/} in
            "${app##*/}" | "$before") ;;
            *) rm -rf "$old" ;;
        esac
    done
}

# Of what Maven says: a line as each module begins, and every error.
foldlog_show_build() {
    local line began='^\[INFO\] Building (.*[^ ]) [^ ]+ +\[([0-9]+)/([0-9]+)\]$'
    while IFS= read -r line; do
        if [[ $line =~ $began ]]; then
            echo "foldlog: building ${BASH_REMATCH[1]#Foldlog: } (${BASH_REMATCH[2]} of ${BASH_REMATCH[3]})" >&2
        elif [[ $line == '[ERROR]'* ]]; then
            echo "$line" >&2
        fi
    done
}

# What the JVM of each kind of command is told beside that. A start cache holds for the same options only.
# A server has room for its queue and its subscribers, and gives back what compilers and a rush left in the native
# heap; a client starts fast and stays small.
foldlog_serve_java=(-Xms32m -XX:NewSize=16m -Xmx1g -XX:TrimNativeHeapInterval=10000)
foldlog_client_java=(-Xmx256m -XX:TieredStopAtLevel=1)

# Records the classes that commands use: of one that finds no server, and of a server that is used once and ends.
# Both start in about half the time then. Without them everything works, so that nothing here may fail a build.
foldlog_make_start_cache() {
    local foldlog=(-cp "$(foldlog_class_path "$1")" dev.foldlog.cli.Foldlog)
    local client=("$JAVA_HOME/bin/java" "${foldlog_client_java[@]}" "${foldlog_java[@]}")
    "${client[@]}" -XX:AOTCacheOutput="$1/start.aot" "${foldlog[@]}" status --server 127.0.0.1:1 \
        </dev/null >/dev/null 2>&1 || true
    local data server address='' tries
    data=$(mktemp -d "$1/training.XXXXXX")
    "$JAVA_HOME/bin/java" "${foldlog_serve_java[@]}" "${foldlog_java[@]}" -XX:AOTCacheOutput="$1/serve.aot" \
        "${foldlog[@]}" serve --listen 127.0.0.1:0 --data "$data/store" </dev/null >"$data/log" 2>&1 &
    server=$!
    for ((tries = 0; tries < 100; tries++)); do
        address=$(sed -n 's/^foldlog ready on \([0-9.:]*\) .*/\1/p' "$data/log")
        [ -z "$address" ] && kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if [ -n "$address" ]; then
        "${client[@]}" -XX:AOTCache="$1/start.aot" "${foldlog[@]}" append --server "$address" \
            --artifact-id a --artifact-type t --action approve --producer launcher --payload '{"score":1}' </dev/null >/dev/null 2>&1 || true
        "${client[@]}" -XX:AOTCache="$1/start.aot" "${foldlog[@]}" read --server "$address" --all \
            </dev/null >/dev/null 2>&1 || true
    fi
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$data"
}
