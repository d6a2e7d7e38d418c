package dev.foldlog.testing;

import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The store of a test: how it is opened, and how nothing is left of it. */
sealed interface ServedStore {
    StoreSettings settings();

    /** Removes what the closed store has left. */
    void remove();

    /** A store in memory, which leaves nothing. */
    record InMemory() implements ServedStore {
        @Override
        public StoreSettings settings() {
            return MemorySettings.standard();
        }

        @Override
        public void remove() {}
    }

    /** SQLite in a temporary folder of its own. It need not survive a power cut, so nothing is synced. */
    record InFolder(Path folder) implements ServedStore {
        static InFolder temporary() {
            try {
                return new InFolder(Files.createTempDirectory("foldlog-test"));
            } catch (IOException e) {
                throw new UncheckedIOException("no temporary folder", e);
            }
        }

        @Override
        public StoreSettings settings() {
            SqliteSettings standard = SqliteSettings.of(folder);
            return new SqliteSettings(
                    folder,
                    Durability.PROCESS,
                    standard.queueAppendsMax(),
                    standard.queueBytesMax(),
                    standard.readersMax(),
                    Duration.ofSeconds(10));
        }

        @Override
        public void remove() {
            try (Stream<Path> walked = Files.walk(folder)) {
                List<Path> paths = walked.toList();
                for (Path path : paths.reversed()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the store's folder could not be removed", e);
            }
        }
    }
}
