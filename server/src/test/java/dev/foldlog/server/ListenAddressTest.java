package dev.foldlog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"})
    void loopback_needs_no_permission(String host) {
        assertThat(ListenAddress.of(settings(host, false)).getAddress().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anything_else_is_refused_in_one_line(String host) {
        assertThatExceptionOfType(ServerStartException.class)
                .isThrownBy(() -> ListenAddress.of(settings(host, false)))
                .withMessageContaining(host)
                .withMessageContaining("expected: a loopback address")
                .withMessageNotContaining("\n");
    }

    @Test
    void anything_else_is_taken_when_plaintext_is_allowed() {
        assertThat(ListenAddress.of(settings("0.0.0.0", true)).getAddress().isAnyLocalAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no such host"})
    void a_host_that_is_none_is_refused(String host) {
        assertThatExceptionOfType(ServerStartException.class)
                .isThrownBy(() -> ListenAddress.of(settings(host, true)))
                .withMessageContaining("host:");
    }

    private static ServerSettings settings(String host, boolean isPlaintextAllowed) {
        SqliteSettings store = SqliteSettings.of(Path.of("unused"));
        return new ServerSettings(host, 0, isPlaintextAllowed, Duration.ofSeconds(1), Limits.standard(), store);
    }
}
