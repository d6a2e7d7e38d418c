package dev.foldlog.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code foldlog serve} in a JVM of its own, on a loopback port. Confined to one thread. */
public final class ServerProcess implements AutoCloseable {
    private static final String MAIN = "dev.foldlog.cli.Foldlog";
    private static final Pattern READY = Pattern.compile("foldlog ready on \\S+:(\\d+)\\b.*");
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

    /** Starts a server on the folder {@code data} in {@code home}, where its log goes too, and waits until it serves. */
    public static ServerProcess start(Path home, List<String> options) throws IOException {
        Path log = home.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(words(home.resolve("data"), options))
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(it -> it.startsWith("FOLDLOG_"));
        Process process = builder.start();
        Thread atExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofVirtual().name("server-output").start(() -> listen(process, port));
        try {
            return new ServerProcess(process, log, port.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not start: " + Files.readString(log), e);
        }
    }

    private static List<String> words(Path data, List<String> options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--data",
                data.toString()));
        words.addAll(options);
        return words;
    }

    private static void listen(Process process, CompletableFuture<Integer> port) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
            port.completeExceptionally(new IllegalStateException("it ended without saying that it is ready"));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    /** The loopback port that it listens on. */
    public int port() {
        return port;
    }

    /** Asks it to stop, by SIGTERM, and waits until it is gone. */
    public void stop() {
        process.destroy();
        awaitEnd();
        if (process.exitValue() != 0) {
            throw new IllegalStateException("exit code: " + process.exitValue() + " (expected: 0): " + log());
        }
    }

    /** Ends it by SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
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

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
