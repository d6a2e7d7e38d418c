package dev.foldlog.server.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShownTextTest {
    @Test
    void shows_short_text_as_it_is() {
        assertThat(ShownText.cut("grün 😀", 10)).isEqualTo("grün 😀");
        assertThat(ShownText.quoted("", 10)).isEqualTo("\"\"");
    }

    @Test
    void marks_what_was_cut_off_and_never_cuts_a_character_in_two() {
        assertThat(ShownText.cut("abcdef", 3)).isEqualTo("abc…");
        assertThat(ShownText.truncated("ab😀cd", 3)).isEqualTo("ab…");
    }

    @Test
    void replaces_what_would_break_a_line_or_turn_the_text_around() {
        assertThat(ShownText.cut("a\nb\u0000c\u202ed\u2028e\ud800", 20)).isEqualTo("a?b?c?d?e?");
    }
}
