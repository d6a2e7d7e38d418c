package dev.foldlog.bench.process;

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

/**
 * A server in a process of its own, on loopback, which says on standard output when it serves. It is asked to stop when
 * this process ends before it.
 */
public final class RunningServer implements AutoCloseable {
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final int port;
    private final double startMillis;
    private final Thread atExit;

    private RunningServer(Process process, int port, double startMillis) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
        this.atExit = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param ready what it prints then; the first group is its port
     * @param log where its standard error goes
     */
    public static RunningServer start(List<String> words, Pattern ready, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("FOLDLOG_") && !name.equals("FOLDLOG_JAVA_OPTS"));
        long began = System.nanoTime();
        Process process = builder.start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofVirtual().name("server-output").start(() -> listen(process, ready, port));
        try {
            int number = port.get(START_SECONDS, TimeUnit.SECONDS);
            return new RunningServer(process, number, (System.nanoTime() - began) / 1e6);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("the server did not start: " + Files.readString(log), e);
        }
    }

    private static void listen(Process process, Pattern ready, CompletableFuture<Integer> port) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = ready.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                }
            }
            port.completeExceptionally(new IOException("it ended without saying that it is ready"));
        } catch (IOException e) {
            port.completeExceptionally(new UncheckedIOException(e));
        }
    }

    public int port() {
        return port;
    }

    /** From starting the process to its word that it serves. */
    public double startMillis() {
        return startMillis;
    }

    public ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    /** Asks it to stop and waits for it; kills it when it is late. */
    @Override
    public void close() {
        process.destroy();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
