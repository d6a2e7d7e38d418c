package dev.foldlog.server.grpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.foldlog.server.grpc.codec.JsonVerdict.Malformed;
import dev.foldlog.server.grpc.codec.JsonVerdict.Sound;
import dev.foldlog.server.grpc.codec.JsonVerdict.TooDeep;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " \t\r\n{ } \n",
                "{\"a\":1}",
                "{\"\":\"\"}",
                "{\"a\":[1,-0,0.5,1e5,1E+5,1e-5,-1.5e10,true,false,null,\"\",[],{}]}",
                "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}",
                "{\"a\":123456789012345678901234567890.123456789012345678901234567890}",
                "{\"a\":1e99999}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u0000\\u00e9\"}",
                "{\"a\":\"\\ud83d\\ude00\",\"\\ud83d\\ude00\":1}",
                "{\"a\":\"grün 😀 \u007f \u2028 \uffff\"}",
                "{\"a\":\"\\\\ud83d\"}",
                "{\"A\":1,\"a\":2,\"a \":3}",
            })
    void keeps_sound_objects_byte_for_byte(String text) {
        assertThat(judge(text))
                .isInstanceOfSatisfying(
                        Sound.class,
                        it -> assertThat(new String(it.text(), StandardCharsets.UTF_8))
                                .isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"a\"",
                "[]",
                "[{}]",
                "true",
                "{",
                "}",
                "{}}",
                "{}{}",
                "{} {}",
                "{}1",
                "{},",
                "{}null",
                "{}//",
                "{} x",
                "{}\u0000",
                "\ufeff{}",
                "\u0000{",
                "\u001e{}",
                "\u00a0{}",
                "\u000b{}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":1",
                "{\"a\":\"b}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":1.e1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":1-1}",
                "{\"a\":0x1}",
                "{\"a\":1a}",
                "{\"a\":1_000}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":-INF}",
                "{\"a\":+INF}",
                "{\"a\":True}",
                "{\"a\":truex}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":undefined}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\u001f\"}",
                "{\"a\n\":1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":1}/*c*/",
                "{/*c*/\"a\":1}",
                "{\"a\":1}#c",
                "{\u00a0}",
                "{\f}",
                "{\"a\":\u00a01}",
                "{1:1}",
                "{null:1}",
                "{\"a\":(1)}",
            })
    void refuses_everything_else(String text) {
        assertThat(judge(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"c\":5}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[{\"a\":1,\"a\":2}]}",
                "{\"\":1,\"\":2}",
            })
    void refuses_a_key_that_occurs_twice_in_one_object(String text) {
        assertThat(judge(text))
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.problem()).startsWith("Duplicate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ude00\"}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"a\":\"\\uD83Dx\"}",
                "{\"a\":[\"x\\uD83D\\ud83d\"]}",
                "{\"\\ud83d\":1}",
                "{\"a\":\"\ud83d\"}",
                "{\"\udc00\":1}",
                "{\"a\":\"\\ud83d\\\\ude00\"}",
            })
    void refuses_half_of_a_surrogate_pair(String text) {
        assertThat(judge(text))
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.problem()).matches("(half|not JSON).*"));
    }

    @Test
    void says_where() {
        assertThat(judge("{\"key\": nope}"))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        it -> assertThat(it.problem()).matches("not JSON at character (8|9|10|11|12)"));
    }

    @Test
    void has_at_most_100_levels() {
        assertThat(judge(objects(100))).isInstanceOf(Sound.class);
        assertThat(judge(objects(101))).isEqualTo(new TooDeep(101));
        assertThat(judge(arrays(100))).isInstanceOf(Sound.class);
        assertThat(judge(arrays(101))).isEqualTo(new TooDeep(101));
        assertThat(judge("{\"a\":".repeat(200_000))).isEqualTo(new TooDeep(101));
    }

    @Test
    void numbers_keys_and_texts_may_have_any_size() {
        assertThat(judge("{\"a\":" + "9".repeat(500_000) + "}")).isInstanceOf(Sound.class);
        assertThat(judge("{\"a\":0." + "1".repeat(500_000) + "e-9}")).isInstanceOf(Sound.class);
        assertThat(judge("{\"a\":\"" + "x".repeat(500_000) + "\"}")).isInstanceOf(Sound.class);
        assertThat(judge("{\"" + "k".repeat(500_000) + "\":1}")).isInstanceOf(Sound.class);
    }

    @Test
    void keys_made_to_collide_are_only_keys() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":1");
        }

        assertThat(judge(text + "}")).isInstanceOf(Sound.class);
        assertThat(judge(text + "," + text.substring(1, 30) + "}")).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void any_bytes_get_a_verdict(long seed) {
        Random random = new Random(seed);
        byte[] sound = "{\"a\":[1,-2.5e3,\"\\ud83d\\ude00é\",{\"b\":null,\"c\":true}],\"d\":\"\\u0041\"}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = random.nextInt(4) == 0 ? new byte[random.nextInt(20)] : sound.clone();
            if (text.length < 20) {
                random.nextBytes(text);
            }
            int changes = random.nextInt(3);
            for (int change = 0; change < changes && text.length > 0; change++) {
                text[random.nextInt(text.length)] = (byte) "{}[]\":,\\ue0d-\n\u0000x".charAt(random.nextInt(16));
            }
            byte[] judged = random.nextInt(4) == 0 ? Arrays.copyOf(text, random.nextInt(text.length + 1)) : text;
            assertThatCode(() -> JsonText.judge(new String(judged, StandardCharsets.UTF_8)))
                    .doesNotThrowAnyException();
        }
    }

    static String objects(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static String arrays(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    private static JsonVerdict judge(String text) {
        return JsonText.judge(text);
    }
}
