package dev.foldlog.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalStateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ }|{}",
                "{\"b\":1, \"a\" : [ 2 , {} ]}|{\"a\":[2,{}],\"b\":1}",
                "{\"n\":-0}|{\"n\":0}",
                "{\"n\":1.50}|{\"n\":1.5}",
                "{\"n\":2.0}|{\"n\":2.0}",
                "{\"n\":12345678901234567890123}|{\"n\":12345678901234567890123}",
                "{\"t\":\"\\u0041\"}|{\"t\":\"A\"}",
                "{\"t\":true,\"f\":false,\"z\":null}|{\"f\":false,\"t\":true,\"z\":null}"
            })
    void a_state_has_one_form(String text, String form) {
        assertThat(CanonicalState.of(text)).isEqualTo(form);
        assertThat(CanonicalState.of(form)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{\"a\":1,\"a\":2}", "{\"a\":1e999}", "{} {}", "{\"a\""})
    void what_has_no_one_form_is_refused(String text) {
        assertThatThrownBy(() -> CanonicalState.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"\\ud83d\"}",
                "{\"t\":\"\\ude00\"}",
                "{\"t\":\"\\ude00\\ud83d\"}",
                "{\"\\ud83d\":1}",
                "{\"a\":[{\"t\":\"x\\ud83d\"}]}"
            })
    void half_a_character_is_refused(String text) {
        assertThatThrownBy(() -> CanonicalState.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate pair");
    }

    @Test
    void keys_are_ordered_by_code_point() {
        assertThat(CanonicalState.of("{\"\\ud83d\\ude00\":1,\"\\uff5e\":2}"))
                .isEqualTo("{\"\uff5e\":2,\"\ud83d\ude00\":1}");
    }
}
