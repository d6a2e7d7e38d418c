package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose store is in memory, as its user sees it. */
final class MemoryStoreTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void it_says_what_it_is() {
        try (ServedStore server = ServedStore.serveInMemory(folder)) {
            CommandRun table = server.run();
            assertThat(table.run("status")).isZero();
            assertThat(table.out())
                    .contains("store                    memory")
                    .contains("durability               memory");
            CommandRun json = server.run();
            assertThat(json.run("status", "-o", "json")).isZero();
            assertThat(json.out()).contains("\"store\":\"memory\"").contains("\"durability\":\"memory\"");
        }
    }

    @Test
    void it_keeps_events_as_long_as_it_runs_and_leaves_nothing_behind() {
        try (ServedStore server = ServedStore.serveInMemory(folder)) {
            CommandRun append = server.run();
            assertThat(append.run(
                            "append",
                            "--action",
                            "approve",
                            "--producer",
                            "ana",
                            "--artifact-type",
                            "answer",
                            "--artifact-id",
                            "a-1",
                            "--payload",
                            "{\"score\":5}"))
                    .as(append::err)
                    .isZero();
            CommandRun read = server.run();
            assertThat(read.run("read", "a-1")).isZero();
            assertThat(read.outLines()).hasSize(1).first().asString().contains("\"score\":5");
        }
        assertThat(folder).isEmptyDirectory();
        try (ServedStore server = ServedStore.serveInMemory(folder)) {
            CommandRun read = server.run();
            assertThat(read.run("read", "--all")).isZero();
            assertThat(read.out()).isEmpty();
        }
    }
}
