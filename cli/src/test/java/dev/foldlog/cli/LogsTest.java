package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
    // Held, for java.util.logging forgets loggers that nobody holds.
    private static final Logger GRPC = Logger.getLogger("io.grpc.netty.Sample");
    private static final Logger OTHER = Logger.getLogger("org.example.Sample");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_libraries_log_comes_in_the_form_of_the_log_and_what_peers_do_wrong_not_at_all() {
        CommandRun serve = serving(() -> {
            GRPC.log(Level.WARNING, "a peer sent junk", new IllegalStateException("trace"));
            OTHER.info("all is well");
            GRPC.severe("a defect of gRPC's");
            OTHER.warning("a library's warning");
        });

        assertThat(serve.err().lines())
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                .anyMatch(line -> line.contains("\"a defect of gRPC's\"") && line.contains("\"ERROR\""))
                .anyMatch(line -> line.contains("\"a library's warning\"") && line.contains("\"WARN\""));
        assertThat(serve.err()).doesNotContain("junk", "all is well", "secret");
    }

    /** Serves, is sent junk, does what it is told, and stops. */
    private CommandRun serving(Runnable action) {
        CommandRun serve = CommandRun.in(folder);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                    () -> serve.run("serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--log-level", "warn"),
                    executor);
            await().until(() -> serve.isStoppable() && serve.out().endsWith("\n"));
            sendJunk(Integer.parseInt(serve.out().replaceAll("(?s)^foldlog ready on \\S+:(\\d+) .*$", "$1")));
            action.run();
            serve.stop();
            assertThat(exit.join()).isZero();
        }
        return serve;
    }

    private static void sendJunk(int port) {
        for (String junk : new String[] {"GET /secret HTTP/1.1\r\nHost: here\r\n\r\n", "\0\1\2junk".repeat(20)}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(junk.getBytes(UTF_8));
                // Read to its end: the server has seen the junk, and closed.
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(SocketException.class);
            }
        }
    }
}
