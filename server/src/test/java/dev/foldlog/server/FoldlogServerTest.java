package dev.foldlog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.grpc.ReflectionProbe;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldlogServerTest {
    @TempDir
    private Path folder;

    @Test
    void starts_on_a_free_port_and_says_what_it_serves() {
        try (FoldlogServer server = FoldlogServer.start(settings(0))) {
            assertThat(server.port()).isBetween(1, 65_535);
            assertThat(UUID.fromString(server.storeId())).isNotNull();
            assertThat(server.durability()).isEqualTo(Durability.DISK);
            assertThat(server.storeKind()).isEqualTo("sqlite");
        }
    }

    @Test
    void serves_whatever_store_the_settings_open() {
        ServerSettings settings = ServerSettings.onLoopback(0, MemorySettings.standard());
        String first;
        try (FoldlogServer server = FoldlogServer.start(settings)) {
            first = server.storeId();
            assertThat(server.durability()).isEqualTo(Durability.MEMORY);
            assertThat(server.storeKind()).isEqualTo("memory");
        }
        try (FoldlogServer server = FoldlogServer.start(settings)) {
            assertThat(server.storeId()).isNotEqualTo(first);
        }
    }

    @Test
    void reflection_knows_the_types_of_errors_too_and_lists_no_other_service() {
        try (FoldlogServer server = FoldlogServer.start(settings(0))) {
            ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            try {
                assertThat(ReflectionProbe.v1(channel, "foldlog.v1.AppendConflict"))
                        .contains("foldlog/v1/errors.proto")
                        .filteredOn(it -> it.matches("[a-z0-9.]+\\.[A-Z][A-Za-z]+"))
                        .containsExactlyInAnyOrder(
                                "foldlog.v1.EventStore",
                                "foldlog.v1.Checkpoints",
                                "foldlog.v1.ProjectionEngine",
                                "grpc.health.v1.Health",
                                "grpc.reflection.v1.ServerReflection",
                                "grpc.reflection.v1alpha.ServerReflection");
                assertThat(ReflectionProbe.v1(channel, "google.rpc.ErrorInfo"))
                        .contains("google/rpc/error_details.proto");
                assertThat(ReflectionProbe.v1Alpha(channel, "foldlog.v1.EventStore"))
                        .contains("foldlog/v1/event_store.proto");
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void a_store_keeps_its_identity_over_a_restart() {
        String first = startAndClose();

        assertThat(startAndClose()).isEqualTo(first);
    }

    @Test
    void closing_again_and_from_elsewhere_is_harmless() throws InterruptedException {
        FoldlogServer server = FoldlogServer.start(settings(0));
        List<Thread> closers = Stream.generate(() -> Thread.ofVirtual().start(server::close))
                .limit(4)
                .toList();
        server.close();
        for (Thread closer : closers) {
            assertThat(closer.join(Duration.ofSeconds(30))).isTrue();
        }

        server.awaitTermination();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(it -> it.getName().startsWith("foldlog-"));
    }

    @Test
    void a_port_in_use_is_said_in_one_line_and_leaves_the_folder_free() {
        try (FoldlogServer server = FoldlogServer.start(settings(0))) {
            SqliteSettings other = SqliteSettings.of(folder.resolve("other"));

            assertThatExceptionOfType(ServerStartException.class)
                    .isThrownBy(() -> FoldlogServer.start(ServerSettings.onLoopback(server.port(), other)))
                    .withMessageContaining("127.0.0.1:" + server.port())
                    .withMessageNotContaining("\n");
            FoldlogServer.start(ServerSettings.onLoopback(0, other)).close();
        }
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (FoldlogServer server = FoldlogServer.start(settings(0))) {
            assertThat(server.port()).isPositive();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> FoldlogServer.start(settings(0)));
        }
    }

    @Test
    void beyond_loopback_it_does_not_even_open_the_store() {
        Path untouched = folder.resolve("untouched");
        ServerSettings settings = new ServerSettings(
                "0.0.0.0", 0, false, Duration.ofSeconds(1), Limits.standard(), SqliteSettings.of(untouched));

        assertThatExceptionOfType(ServerStartException.class).isThrownBy(() -> FoldlogServer.start(settings));

        assertThat(untouched).doesNotExist();
    }

    private String startAndClose() {
        try (FoldlogServer server = FoldlogServer.start(settings(0))) {
            return server.storeId();
        }
    }

    private ServerSettings settings(int port) {
        return ServerSettings.onLoopback(port, SqliteSettings.of(folder.resolve("data")));
    }
}
