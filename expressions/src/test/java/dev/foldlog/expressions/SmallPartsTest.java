package dev.foldlog.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as text, and the search in texts. */
final class SmallPartsTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, 0.0",
        "1.0, 1.0",
        "-2.5, -2.5",
        "100.0, 100.0",
        "0.1, 0.1",
        "1.0E-6, 0.000001",
        "1.0E-7, 1e-7",
        "1.5E-7, 1.5e-7",
        "999999999999999.0, 999999999999999.0",
        "1.0E15, 1e15",
        "-1.25E300, -1.25e300",
        "4.9E-324, 4.9e-324",
        "1.7976931348623157E308, 1.7976931348623157e308",
    })
    void a_double_has_one_text(double number, String text) {
        assertThat(JsonWriting.object(Map.of("n", number), 100)).isEqualTo("{\"n\":" + text + '}');
        assertThat(JsonReading.object("{\"n\":" + text + '}').get("n")).isEqualTo(number == 0 ? 0.0 : number);
    }

    @Test
    void keys_are_sorted_by_code_point_and_only_what_must_be_is_escaped() {
        assertThat(JsonWriting.object(Map.of("😀", 1L, "\uff5e", 2L, "b", 3L, "a\"\\\n\u0001é", "\ud800x"), 200))
                .isEqualTo("{\"a\\\"\\\\\\n\\u0001é\":\"\\ud800x\",\"b\":3,\"\uff5e\":2,\"😀\":1}");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void the_search_finds_what_the_jdk_finds(long seed) {
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = letters(random, random.nextInt(200));
            String part = random.nextBoolean() && text.length() > 40
                    ? text.substring(random.nextInt(20), 20 + random.nextInt(text.length() - 20))
                    : letters(random, random.nextInt(30));
            boolean expected = text.contains(part);
            found += expected ? 1 : 0;
            assertThat(TextSearch.contains(text, part))
                    .as("seed %d: %s in %s", seed, part, text)
                    .isEqualTo(expected);
        }
        assertThat(found).isBetween(2_000, 18_000);
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(8) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }
}
