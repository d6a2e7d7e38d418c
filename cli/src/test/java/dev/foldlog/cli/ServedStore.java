package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldlog.cli.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running {@code foldlog serve} in this process, ended by the signal that ends a real one. */
final class ServedStore implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final CommandRun serve;
    private final ExecutorService executor;
    private final CompletableFuture<Integer> exit;

    private ServedStore(Path folder, CommandRun serve, ExecutorService executor, CompletableFuture<Integer> exit) {
        this.folder = folder;
        this.serve = serve;
        this.executor = executor;
        this.exit = exit;
    }

    /** No server at all. */
    static ServedStore none() {
        return new ServedStore(
                Path.of(""),
                CommandRun.in(Path.of("")),
                Executors.newSingleThreadExecutor(),
                CompletableFuture.completedFuture(0));
    }

    /** Serves {@code data} in {@code folder} and returns once it is ready. */
    static ServedStore serve(Path folder, String data) {
        ServedStore served = serve(folder, List.of("--data", data));
        assertThat(served.serve.out())
                .matches("foldlog ready on 127\\.0\\.0\\.1:\\d+ \\(store sqlite, data .*" + data
                        + ", durability disk\\)\n");
        return served;
    }

    /** Serves a store in memory and returns once it is ready. */
    static ServedStore serveInMemory(Path folder) {
        ServedStore served = serve(folder, List.of("--store", "memory"));
        assertThat(served.serve.out())
                .matches("foldlog ready on 127\\.0\\.0\\.1:\\d+ \\(store memory, no data folder: all is gone when it"
                        + " ends, durability memory\\)\n");
        return served;
    }

    private static ServedStore serve(Path folder, List<String> options) {
        CommandRun serve = CommandRun.in(folder);
        List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0", "--log-level", "warn"));
        arguments.addAll(options);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> serve.run(arguments.toArray(String[]::new)), executor);
        await().atMost(START_MAX)
                .until(() ->
                        exit.isDone() || (serve.isStoppable() && serve.out().endsWith("\n")));
        assertThat(exit).as(serve::err).isNotDone();
        return new ServedStore(folder, serve, executor, exit);
    }

    HostPort address() {
        return HostPort.parse(serve.out().replaceAll("^foldlog ready on (\\S+) [^\n]*\n", "$1"));
    }

    /** A client command on this server. */
    CommandRun run() {
        return CommandRun.in(folder).server(address());
    }

    @Override
    public void close() {
        serve.stop();
        assertThat(exit.join()).as(serve::err).isZero();
        executor.close();
    }
}
