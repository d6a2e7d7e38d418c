package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.core.store.Durability;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program with a server in it: makes the first so many {@link ScriptedAppends} and says each
 * acknowledgement on standard output, in one write, before it goes on. When not all were acknowledged, it
 * ends without closing anything.
 */
public final class ScriptedLoad {
    private static final String ACK = "ACK ";
    private static final int CALLERS = 8;
    private static final int HALTED = 3;

    private ScriptedLoad() {}

    /** Arguments: the data folder, DISK or PROCESS, how many appends. */
    public static void main(String[] arguments) {
        ServerSettings settings = settings(Path.of(arguments[0]), Durability.valueOf(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        try (FoldlogServer _ = FoldlogServer.inProcess("scripted", settings);
                ServerClient client = ServerClient.inProcess("scripted")) {
            if (appendAll(client, count) < count) {
                Runtime.getRuntime().halt(HALTED); // as if killed: closing would put the files in order
            }
        }
    }

    private static int appendAll(ServerClient client, int count) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger acked = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        acked.addAndGet(appendAndSay(client, number));
                    }
                });
            }
        }
        return acked.get();
    }

    static ServerSettings settings(Path data, Durability durability) {
        return ServerSettings.onLoopback(
                0, new SqliteSettings(data, durability, 1_000, 64L << 20, 2, Duration.ofSeconds(10)));
    }

    /** How many were acknowledged: one or none. */
    private static int appendAndSay(ServerClient client, int number) {
        Attempt attempt = new Attempt(ScriptedAppends.append(number));
        if (!(client.append(attempt) instanceof Acked acked)) {
            return 0;
        }
        String hex = HexFormat.of().formatHex(acked.response().toByteArray());
        say(ACK + number + ' ' + hex + '\n');
        return 1;
    }

    @SuppressWarnings("resource") // standard output is not ours to close
    private static void say(String text) {
        try {
            new FileOutputStream(FileDescriptor.out).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
