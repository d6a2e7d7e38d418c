package dev.foldlog.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How strace runs a command: as a process of its own beside it, so that the process started is the traced
 * one. Calls that are not listed run at full speed.
 *
 * @param log where it writes what it saw
 * @param options what to trace and to inject
 */
record Strace(Path log, List<String> options) {
    Strace {
        options = List.copyOf(options);
    }

    /**
     * Lets calls of a kind fail.
     *
     * @param calls names of system calls, separated by commas
     * @param error name of the error
     * @param when which calls of each thread, as strace counts them: {@code 7}, {@code 7..9} or {@code 7+}
     */
    static Strace injecting(Path log, String calls, String error, String when) {
        return new Strace(
                log, List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error + ":when=" + when));
    }

    /** The same, for calls on these files only. */
    Strace on(Path... files) {
        List<String> limited = new ArrayList<>(options);
        for (Path file : files) {
            limited.addAll(List.of("-P", file.toAbsolutePath().toString()));
        }
        return new Strace(log, limited);
    }

    List<String> words() {
        List<String> words =
                new ArrayList<>(List.of("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none"));
        words.addAll(List.of("-o", log.toString()));
        words.addAll(options);
        return words;
    }

    /** How many calls were made to fail so far. */
    long injected() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("(INJECTED)")).count();
        }
    }
}
