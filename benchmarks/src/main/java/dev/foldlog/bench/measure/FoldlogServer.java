package dev.foldlog.bench.measure;

import dev.foldlog.bench.process.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Our own server, started by the launcher as users start it, with its default settings. */
final class FoldlogServer {
    private static final Pattern READY = Pattern.compile("foldlog ready on \\S+:(\\d+)\\b");

    private FoldlogServer() {}

    /** Starts it over a data folder. */
    static RunningServer start(Ground ground, Path data, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                ground.top().resolve("foldlog").toString(),
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--data",
                data.toString()));
        words.addAll(List.of(options));
        return RunningServer.start(words, READY, Files.createTempFile(ground.work(), "server", ".log"));
    }
}
