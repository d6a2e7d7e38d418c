package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.client.Foldlog;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension as its users have it: each test finds the one event of its own BeforeEach, and no other. */
final class FoldlogExtensionTest {
    @RegisterExtension
    static final FoldlogExtension foldlog = FoldlogExtension.inMemory();

    @BeforeEach
    void appendOne(Channel channel) {
        Calls.append(channel, "before");
    }

    @AfterEach
    void theServerStillServes(FoldlogTestServer server) {
        assertThat(server).isSameAs(foldlog.server());
        assertThat(Calls.artifacts(server.channel())).startsWith("before");
    }

    @RepeatedTest(3)
    void a_test_sees_its_own_events_only() {
        assertThat(Calls.artifacts(foldlog.channel())).containsExactly("before");
        Calls.append(foldlog.channel(), "mine");
        assertThat(Calls.artifacts(foldlog.channel())).containsExactly("before", "mine");
    }

    @Test
    void parameters_are_what_the_extension_answers(
            Channel channel, ManagedChannel managed, Foldlog client, FoldlogTestServer server) {
        assertThat(client).isSameAs(foldlog.client());
        assertThat(client.getPartition("before").getLastSequence()).isEqualTo(1);
        assertThat(channel).isSameAs(managed).isSameAs(server.channel()).isSameAs(foldlog.channel());
    }

    @Test
    void a_thread_of_the_tests_own_is_told_that_it_must_be_handed_the_channel() {
        CompletableFuture<ManagedChannel> asked =
                CompletableFuture.supplyAsync(foldlog::channel, Thread::startVirtualThread);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(asked::join)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("hand its channel to other threads");
    }

    @Nested
    final class Within {
        @Test
        void a_nested_class_has_a_server_for_each_test_too() {
            assertThat(Calls.artifacts(foldlog.channel())).containsExactly("before");
        }
    }
}
