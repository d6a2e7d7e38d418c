package dev.foldlog.bench.peers;

import dev.foldlog.bench.measure.Entrant.MissingException;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Peers in a folder that is kept; what is not there is installed by {@code benchmarks/peers/install}. */
final class Installed {
    private Installed() {}

    /** The folder of a peer. */
    static Path find(Ground ground, String name) throws MissingException, IOException, InterruptedException {
        Path folder = ground.cache().resolve("peers").resolve(name);
        Files.createDirectories(folder.getParent());
        Path log = Files.createTempFile(ground.work(), name, ".log");
        try {
            Command.run(
                    List.of(ground.top().resolve("benchmarks/peers/install").toString(), name, folder.toString()), log);
        } catch (IOException e) {
            throw new MissingException(String.valueOf(e.getMessage()));
        }
        return folder;
    }
}
