package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a data folder, and what is done to its files before anybody does. */
final class DataFolderTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void a_folder_and_those_above_it_are_made() {
        Path deep = folder.resolve("a/b/c");

        try (DataFolder held = DataFolder.hold(deep)) {
            assertThat(deep).isDirectory();
            assertThat(held.database()).isEqualTo(deep.resolve("foldlog.db")).doesNotExist();
        }
    }

    @Test
    void what_is_no_folder_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DataFolder.hold(file))
                .withMessageContaining("expected: a writable folder");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DataFolder.holdExisting(folder))
                .withMessageContaining("expected: a folder with foldlog.db in it");
    }

    @Test
    void a_second_holder_is_refused_until_the_first_lets_go() {
        DataFolder first = DataFolder.hold(folder);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DataFolder.hold(folder))
                .withMessageContaining("is in use by another server");

        first.close();
        DataFolder.hold(folder).close();
    }

    /** A second attempt must not close a handle of the file whose lock the first one holds. */
    @Test
    void another_process_is_refused_also_after_an_attempt_of_this_one() throws IOException {
        try (DataFolder held = DataFolder.hold(folder)) {
            assertThat(held.database()).doesNotExist();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> DataFolder.hold(folder));

            assertThat(LockAttempt.byAnotherProcess(folder)).isEqualTo("refused");
        }
        assertThat(LockAttempt.byAnotherProcess(folder)).isEqualTo("held foldlog.db");
    }

    @Test
    void either_lock_alone_keeps_others_out_and_none_is_left_behind() throws IOException {
        for (String name : new String[] {"lock", "guard"}) {
            try (FileChannel channel =
                    FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                assertThat(channel.lock().isValid()).isTrue();
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> DataFolder.hold(folder))
                        .withMessageContaining("is in use");
            }
            DataFolder.hold(folder).close();
        }
    }

    @Test
    void the_files_are_written_again_and_stay_as_they_are() throws IOException {
        Path copy = crashed();
        byte[] database = Files.readAllBytes(copy.resolve("foldlog.db"));
        byte[] log = Files.readAllBytes(copy.resolve("foldlog.db-wal"));
        assertThat(log).as("more than a chunk").hasSizeGreaterThan(1 << 20);
        Files.setLastModifiedTime(copy.resolve("foldlog.db"), LONG_AGO);
        Files.setLastModifiedTime(copy.resolve("foldlog.db-wal"), LONG_AGO);

        WrittenAgain.durably(copy, "foldlog.db");

        assertThat(Files.readAllBytes(copy.resolve("foldlog.db"))).isEqualTo(database);
        assertThat(Files.readAllBytes(copy.resolve("foldlog.db-wal"))).isEqualTo(log);
        assertThat(Files.getLastModifiedTime(copy.resolve("foldlog.db"))).isGreaterThan(LONG_AGO);
        assertThat(Files.getLastModifiedTime(copy.resolve("foldlog.db-wal"))).isGreaterThan(LONG_AGO);
        try (StoreUnderTest store = StoreUnderTest.in(copy)) {
            assertThat(store.ids()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void files_that_are_missing_or_empty_are_left_so() throws IOException {
        WrittenAgain.durably(folder, "foldlog.db");
        assertThat(folder).isEmptyDirectory();

        Files.createFile(folder.resolve("foldlog.db"));
        Files.createFile(folder.resolve("foldlog.db-wal"));
        WrittenAgain.durably(folder, "foldlog.db");
        assertThat(folder.resolve("foldlog.db")).isEmptyFile();
        assertThat(folder.resolve("foldlog.db-wal")).isEmptyFile();

        try (StoreUnderTest store = StoreUnderTest.in(folder)) {
            store.stored(event("a"));
        }
    }

    @Test
    void a_log_that_ends_in_the_middle_of_a_frame_is_recovered_up_to_there() throws IOException {
        Path copy = crashed();
        try (FileChannel log = FileChannel.open(copy.resolve("foldlog.db-wal"), StandardOpenOption.WRITE)) {
            log.truncate(log.size() - 100);
        }

        try (StoreUnderTest store = StoreUnderTest.in(copy)) {
            assertThat(store.ids()).containsExactly("a", "b");
            store.stored(event("c").payload("{\"again\":true}"));
        }
    }

    /** The files of a store whose process ended in the middle: everything is in the log alone. */
    private Path crashed() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (StoreUnderTest store = StoreUnderTest.in(folder.resolve("running"))) {
            store.stored(event("a").payload("{\"x\":\"" + "x".repeat(3 << 19) + "\"}"));
            store.stored(event("b"));
            store.stored(event("c"));
            for (String name : new String[] {"foldlog.db", "foldlog.db-wal"}) {
                Files.copy(
                        folder.resolve("running").resolve(name),
                        copy.resolve(name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }
}
