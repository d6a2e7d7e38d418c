package dev.foldlog.bench.measure;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where and how long measures run.
 *
 * @param top the checkout, which holds the launcher
 * @param work a folder on a disk for data, which is removed at the end
 * @param cache a folder that is kept: peers and compiled limits
 * @param rounds how often each contestant has its turn
 * @param round how long a turn is, where it is not a fixed number of events
 * @param warmUp how long each contestant runs before its first turn counts
 * @param scale 1 for the full amounts of data; below it for a smoke run
 * @param progress told what goes on, for people
 */
public record Ground(
        Path top,
        Path work,
        Path cache,
        int rounds,
        Duration round,
        Duration warmUp,
        double scale,
        Consumer<String> progress) {
    public Ground {
        requireNonNull(top, "top");
        requireNonNull(work, "work");
        requireNonNull(cache, "cache");
        requireNonNull(round, "round");
        requireNonNull(warmUp, "warmUp");
        requireNonNull(progress, "progress");
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds: " + rounds + " (expected: >= 1)");
        }
    }

    /** An amount of data at this run's scale. */
    public int scaled(int full) {
        return (int) Math.max(1, Math.round(full * scale));
    }

    /** A new, empty folder for data. */
    public Path folder(String name) throws IOException {
        return Files.createTempDirectory(work, name + "-");
    }

    /** Removes a folder of data and all it holds. */
    public static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
