package dev.foldlog.cli.faults;

import dev.foldlog.cli.faults.client.ServerClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. Confined to the test's thread. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("foldlog ready on (\\S+):(\\d+)\\b.*");
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts a server and waits until it serves. Its log goes to a new file in {@code logs}. */
    static ServerProcess start(JavaCommand command, Path logs) throws IOException {
        return start(command.words(), logs);
    }

    /** The same under strace. */
    static ServerProcess start(JavaCommand command, Strace strace, Path logs) throws IOException {
        return start(command.words(strace), logs);
    }

    private static ServerProcess start(List<String> words, Path logs) throws IOException {
        Path log = Files.createTempFile(logs, "server", ".log");
        Process process = builder(words, logs).redirectError(log.toFile()).start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofVirtual().name("server-output").start(() -> listen(process, port));
        try {
            return new ServerProcess(process, log, port.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not start: " + Files.readString(log), e);
        }
    }

    /** A process in a folder of the test, away from the settings of whoever runs the tests. */
    static ProcessBuilder builder(List<String> words, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FOLDLOG_"));
        return builder;
    }

    private static void listen(Process process, CompletableFuture<Integer> port) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(2)));
                }
            }
            port.completeExceptionally(new IllegalStateException("it ended without saying that it is ready"));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    /** A new client of this server; the caller closes it. */
    ServerClient client() {
        return ServerClient.connect(port);
    }

    /** Ends the JVM by SIGKILL and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the server to stop, by SIGTERM, and waits for it; its exit code. */
    int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    /** What it wrote to its log. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not end in " + STOP_SECONDS + " s: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
