package dev.foldlog.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueTextsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "15m, PT15M", "24h, PT24H", "30d, PT720H", "2w, PT336H", "0s, PT0S"})
    void durations_are_read(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "10 s", "10sec", "9999999999s"})
    void other_texts_are_no_durations(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a duration");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4096, 4096", "7B, 7", "256KiB, 262144", "1MiB, 1048576", "2GiB, 2147483648"})
    void sizes_are_read(String text, long bytes) {
        assertThat(ByteSizeText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1MB", "1 MiB", "-1", "MiB", "1.5MiB", "999999999999999GiB"})
    void other_texts_are_no_sizes(String text) {
        assertThatThrownBy(() -> ByteSizeText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7070, 127.0.0.1, 7070",
        "localhost:0, localhost, 0",
        "[::1]:65535, ::1, 65535",
        "a.example:80, a.example, 80"
    })
    void places_are_read_and_shown_the_same(String text, String host, int port) {
        assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
        assertThat(HostPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", ":7070", "localhost:", "localhost:x", "::1:7070", "a:65536", "a:-1", "[]:1"})
    void other_texts_are_no_places(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: HOST:PORT");
    }

    @Test
    void a_time_is_absolute_or_so_long_ago() {
        Instant now = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(TimePoint.parse("30d").at(() -> now)).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(TimePoint.parse("2026-01-31T13:00:00+01:00").at(() -> now))
                .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThatThrownBy(() -> TimePoint.parse("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a duration before now such as 30d");
    }

    @Test
    void a_settings_variable_is_its_name_in_capitals() {
        assertThat(Settings.variable("max-payload-bytes")).isEqualTo("FOLDLOG_MAX_PAYLOAD_BYTES");
    }
}
