package dev.foldlog.server;

import dev.foldlog.store.sqlite.ReusingStore;
import java.nio.file.Path;
import java.util.List;

/** {@code foldlog serve} over a {@link ReusingStore}, until it is killed. */
public final class ReusingServer {
    private ReusingServer() {}

    /** Arguments: as of {@code serve}, of which only {@code --data DIR} counts. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[List.of(arguments).indexOf("--data") + 1]);
        ServerSettings settings = ServerSettings.onLoopback(0, new ReusingStore(data));
        try (FoldlogServer server = FoldlogServer.start(settings)) {
            System.out.println("foldlog ready on 127.0.0.1:" + server.port());
            server.awaitTermination();
        }
    }
}
