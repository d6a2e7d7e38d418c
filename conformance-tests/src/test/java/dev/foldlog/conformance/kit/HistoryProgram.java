package dev.foldlog.conformance.kit;

import dev.foldlog.conformance.history.History;
import dev.foldlog.conformance.history.HistoryPlan;
import dev.foldlog.conformance.history.HistoryRun;
import dev.foldlog.conformance.history.ServerAccess;
import dev.foldlog.conformance.process.ProcessServer;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Records histories of our server in a process of its own, which is killed in the middle of each and started
 * again: {@code FOLDER SEED...} makes {@code FOLDER/seed-SEED.jsonl}, and for the first seed also
 * {@code FOLDER/control.jsonl} of a server that ignores conditions.
 */
public final class HistoryProgram {
    private static final int CLIENTS = 24;
    private static final int PARTITIONS = 4;
    private static final int OPERATIONS = 60;

    private HistoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("arguments: " + arguments.length + " (expected: FOLDER SEED...)");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<Long> seeds = Stream.of(arguments).skip(1).map(Long::valueOf).toList();
        for (long seed : seeds) {
            record(plan(seed), UnaryOperator.identity(), folder.resolve("seed-" + seed + ".jsonl"));
        }
        record(plan(seeds.getFirst()), HistoryProgram::ignoringConditions, folder.resolve("control.jsonl"));
    }

    private static HistoryPlan plan(long seed) {
        return new HistoryPlan(seed, CLIENTS, PARTITIONS, OPERATIONS);
    }

    private static Channel ignoringConditions(Channel honest) {
        return ClientInterceptors.intercept(honest, new LyingInterceptor(Liar.IGNORES_PRECONDITIONS.lies()));
    }

    private static void record(HistoryPlan plan, UnaryOperator<Channel> seen, Path file) throws Exception {
        Path home = Files.createTempDirectory("foldlog-history");
        try (ProcessServer server = ProcessServer.start(home)) {
            ServerAccess access = new ServerAccess(seen.apply(server.channel()));
            History history = HistoryRun.record(plan, access, () -> {
                server.killAndRestart();
                access.replace(seen.apply(server.channel()));
            });
            Files.write(file, history.lines(plan));
        } finally {
            remove(home);
        }
    }

    private static void remove(Path home) throws IOException {
        try (Stream<Path> walked = Files.walk(home)) {
            for (Path path : walked.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
