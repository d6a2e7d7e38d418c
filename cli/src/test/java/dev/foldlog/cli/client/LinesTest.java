package dev.foldlog.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinesTest {
    @Test
    void lines_are_what_stands_between_line_feeds() throws IOException, EventSyntaxException {
        assertThat(lines("a\n\nb\r\nc")).containsExactly("1:a", "2:", "3:b\r", "4:c");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("1:");
    }

    @Test
    void lines_of_any_length_are_whole() throws IOException, EventSyntaxException {
        Random random = new Random(5);
        List<String> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            String line = "x".repeat(random.nextInt(200_000));
            expected.add(i + ":" + line);
            text.append(line).append('\n');
        }
        assertThat(lines(text.toString())).isEqualTo(expected);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_line() throws IOException, EventSyntaxException {
        assertThat(lines("\uFEFFa\nb")).containsExactly("1:a", "2:b");
    }

    @Test
    void broken_utf8_is_refused() throws IOException {
        try (Lines lines = new Lines(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff}))) {
            Lines.Line line = lines.next();
            assertThat(line).isNotNull();
            assertThatThrownBy(() -> {
                        if (line != null) {
                            line.text();
                        }
                    })
                    .isInstanceOf(EventSyntaxException.class)
                    .hasMessage("no valid UTF-8");
        }
    }

    @Test
    void a_line_without_end_is_refused_before_memory_is_full() {
        byte[] bytes = new byte[Lines.BYTES_MAX + (1 << 20)];
        Arrays.fill(bytes, (byte) 'x');
        assertThatThrownBy(() -> new Lines(new ByteArrayInputStream(bytes)).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1 is longer");
    }

    private static List<String> lines(String text) throws IOException, EventSyntaxException {
        List<String> read = new ArrayList<>();
        try (Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                read.add(line.number() + ":" + line.text());
            }
        }
        return read;
    }
}
