# Finds a JDK 25 and a Maven that is new enough; sourced by ./foldlog, the Makefile and CI.
# Sets JAVA_HOME and MVN. Says in one line what to install when something cannot be found.

foldlog_jdk=25
foldlog_maven=3.9.16

foldlog_fail() {
    echo "foldlog: $1" >&2
    exit 1
}

# The 'release' file of a JDK names its version without starting it.
foldlog_is_jdk() {
    [ -x "$1/bin/javac" ] && grep -q "^JAVA_VERSION=\"$foldlog_jdk[.\"]" "$1/release" 2>/dev/null
}

foldlog_find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && foldlog_is_jdk "$JAVA_HOME"; then
        return 0
    fi
    local candidate
    for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if foldlog_is_jdk "$candidate"; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
    done
    foldlog_fail "JDK $foldlog_jdk not found in JAVA_HOME or the usual JVM folders (install one, for example the package temurin-$foldlog_jdk-jdk, or set JAVA_HOME)"
}

# True when the dotted version $1 is at least 3.9.6 and below 4.
foldlog_maven_fits() {
    case $1 in
        3.9.[6-9] | 3.9.[6-9]-* | 3.9.[1-9][0-9]* | 3.[1-9][0-9].*) return 0 ;;
        *) return 1 ;;
    esac
}

foldlog_find_maven() {
    local installed version cache
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/foldlog
    MVN=$cache/apache-maven-$foldlog_maven/bin/mvn
    if [ -x "$MVN" ]; then
        return 0
    fi
    installed=$(command -v mvn) || foldlog_fail "Maven not found (install the package maven; any 3.x will do, a newer one is fetched through it)"
    version=$("$installed" -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9A-Za-z.-]*\).*/\1/p' | head -n 1)
    if foldlog_maven_fits "$version"; then
        MVN=$installed
        return 0
    fi
    echo "foldlog: Maven $version is too old; fetching $foldlog_maven once into $cache" >&2
    mkdir -p "$cache" || foldlog_fail "cannot make $cache"
    local work
    work=$(mktemp -d "$cache/fetch.XXXXXX") || foldlog_fail "cannot write to $cache"
    # Run outside the project: the installed Maven would trip over the project's own demands. The option
    # keeps the JDK from warning about that old Maven.
    if (cd "$work" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" "$installed" -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
        -Dartifact="org.apache.maven:apache-maven:$foldlog_maven:tar.gz:bin" -DoutputDirectory="$work" >&2) &&
        tar -xzf "$work/apache-maven-$foldlog_maven-bin.tar.gz" -C "$work" &&
        { [ -x "$MVN" ] || mv "$work/apache-maven-$foldlog_maven" "$cache/" || [ -x "$MVN" ]; }; then
        rm -rf "$work"
        return 0
    fi
    rm -rf "$work"
    foldlog_fail "Maven $foldlog_maven could not be fetched (is the package registry reachable?)"
}

foldlog_toolchain() {
    foldlog_find_jdk
    foldlog_find_maven
    export JAVA_HOME MVN
}
