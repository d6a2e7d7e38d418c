package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.foldlog.v1.Durability;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldlogTestServerTest {
    @Test
    void in_memory_it_serves_the_real_thing() {
        try (FoldlogTestServer foldlog = FoldlogTestServer.inMemory()) {
            assertThat(Calls.append(foldlog.channel(), "a").getPosition()).isEqualTo(1);
            assertThat(Calls.artifacts(foldlog.channel())).containsExactly("a");
            assertThat(Calls.info(foldlog.channel()).getDurability()).isEqualTo(Durability.DURABILITY_MEMORY);
            assertThat(Calls.info(foldlog.channel()).getStoreKind()).isEqualTo("memory");
        }
    }

    @Test
    void on_sqlite_it_serves_the_embedded_store() {
        try (FoldlogTestServer foldlog = FoldlogTestServer.onSqlite()) {
            assertThat(Calls.append(foldlog.channel(), "a").getPosition()).isEqualTo(1);
            assertThat(Calls.info(foldlog.channel()).getStoreKind()).isEqualTo("sqlite");
        }
    }

    @Test
    void listening_it_can_be_reached_at_its_target() {
        try (FoldlogTestServer foldlog = FoldlogTestServer.listening()) {
            assertThat(foldlog.target()).matches("127\\.0\\.0\\.1:\\d+");
            Calls.append(foldlog.channel(), "a");
            ManagedChannel other = Grpc.newChannelBuilder(foldlog.target(), InsecureChannelCredentials.create())
                    .build();
            try {
                assertThat(Calls.artifacts(other)).containsExactly("a");
            } finally {
                other.shutdownNow();
            }
        }
    }

    @Test
    void inside_the_process_it_has_no_target() {
        try (FoldlogTestServer foldlog = FoldlogTestServer.inMemory()) {
            assertThatIllegalStateException().isThrownBy(foldlog::target).withMessageContaining("listening()");
        }
    }

    @Test
    void two_of_them_know_nothing_of_each_other() {
        try (FoldlogTestServer one = FoldlogTestServer.inMemory();
                FoldlogTestServer other = FoldlogTestServer.inMemory()) {
            Calls.append(one.channel(), "a");

            assertThat(Calls.artifacts(other.channel())).isEmpty();
            assertThat(Calls.info(one.channel()).getStoreId())
                    .isNotEqualTo(Calls.info(other.channel()).getStoreId());
        }
    }

    @Test
    void closing_ends_open_calls_and_leaves_nothing(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("store"));
        FoldlogTestServer foldlog = FoldlogTestServer.start(new ServedStore.InFolder(folder), false);
        Calls.append(foldlog.channel(), "a");
        Iterator<SubscribeAllResponse> subscription =
                Calls.on(foldlog.channel()).subscribeAll(SubscribeAllRequest.getDefaultInstance());
        assertThat(subscription.next().hasConfirmed()).isTrue();
        assertThat(folder).isNotEmptyDirectory();

        foldlog.close();
        foldlog.close();

        assertThat(folder).doesNotExist();
        assertThat(foldlog.channel().isTerminated()).isTrue();
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> subscription.forEachRemaining(it -> {}));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(it -> it.getName().startsWith("foldlog-writer"));
    }

    @Test
    void what_a_server_that_cannot_start_would_have_left_is_removed(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("store"));
        Files.writeString(folder.resolve("foldlog.db"), "no database");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> FoldlogTestServer.start(new ServedStore.InFolder(folder), false));

        assertThat(folder).doesNotExist();
    }
}
