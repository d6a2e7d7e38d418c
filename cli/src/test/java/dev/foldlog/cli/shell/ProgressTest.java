package dev.foldlog.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void without_a_terminal_there_is_a_line_every_five_seconds() {
        try (Progress progress = Progress.start(shell(false), "import", 200, Progress.Unit.EVENTS)) {
            for (int second = 1; second <= 11; second++) {
                now.set(Instant.ofEpochSecond(second));
                progress.at(second * 10L, second + " s");
            }
        }
        assertThat(err.toString(UTF_8).lines()).containsExactly("import: 5 s (25 %)", "import: 10 s (50 %)");
    }

    @Test
    void work_of_unknown_size_has_no_share() {
        try (Progress progress = Progress.start(shell(false), "import", Progress.UNKNOWN, Progress.Unit.BYTES)) {
            now.set(Instant.ofEpochSecond(60));
            progress.at(7, "7 read");
        }
        assertThat(err.toString(UTF_8).lines()).containsExactly("import: 7 read");
    }

    @Test
    void on_a_terminal_a_bar_is_drawn_over_itself_and_notes_stay() {
        try (Progress progress = Progress.start(shell(true), "import", 3 << 20, Progress.Unit.BYTES)) {
            progress.at(3 << 20, "3 read");
            progress.note("a note");
        }
        assertThat(err.toString(UTF_8)).contains("\r", "100%", "3/3MiB", "3 read", "\r\u001b[Ka note\n");
    }

    @Test
    void a_bar_of_work_of_unknown_size_can_be_drawn() {
        try (Progress progress = Progress.start(shell(true), "import", Progress.UNKNOWN, Progress.Unit.BYTES)) {
            progress.at(5L << 20, "5 read");
        }
        assertThat(err.toString(UTF_8)).contains("5 read");
    }

    private Shell shell(boolean isTerminal) {
        return new Shell(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(err, true, UTF_8),
                isTerminal,
                Map.of("COLUMNS", "120"),
                Path.of(""),
                now::get,
                new Random(1),
                duration -> {},
                new NoSignals());
    }

    private static final class NoSignals implements StopSignals {
        @Override
        public Registration onStop(Runnable action) {
            return () -> {};
        }

        @Override
        public Registration beforeEnd(Runnable action) {
            return () -> {};
        }
    }
}
