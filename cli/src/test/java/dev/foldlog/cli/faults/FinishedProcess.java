package dev.foldlog.cli.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that has run to its end. */
record FinishedProcess(int exitCode, String output, String log) {
    private static final int SECONDS = 60;

    /** Runs a command to its end, which it must reach in time. */
    static FinishedProcess run(List<String> words, Path logs) throws IOException, InterruptedException {
        Path output = Files.createTempFile(logs, "command", ".out");
        Path log = Files.createTempFile(logs, "command", ".log");
        Process process = ServerProcess.builder(words, logs)
                .redirectOutput(output.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("it did not end in " + SECONDS + " s: " + words);
        }
        return new FinishedProcess(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(log, StandardCharsets.UTF_8));
    }
}
