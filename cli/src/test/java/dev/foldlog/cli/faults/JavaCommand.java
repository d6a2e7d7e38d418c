package dev.foldlog.cli.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line that runs a main class in a JVM like this one, with the class path of the tests. */
record JavaCommand(String mainClass, List<String> arguments) {
    static final String LAUNCHER = "dev.foldlog.cli.Foldlog";

    JavaCommand {
        arguments = List.copyOf(arguments);
    }

    static JavaCommand serve(Path data) {
        return new JavaCommand(LAUNCHER, List.of("serve", "--listen", "127.0.0.1:0", "--data", data.toString()));
    }

    static JavaCommand verify(Path data) {
        return new JavaCommand(LAUNCHER, List.of("verify", "--data", data.toString()));
    }

    /** The same by another main class. */
    JavaCommand by(Class<?> main) {
        return new JavaCommand(main.getName(), arguments);
    }

    JavaCommand with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new JavaCommand(mainClass, all);
    }

    /** The words of the command line. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        words.addAll(arguments);
        return words;
    }

    /** The words of the command line under strace. */
    List<String> words(Strace strace) {
        List<String> words = new ArrayList<>(strace.words());
        words.addAll(words());
        return words;
    }
}
