package dev.foldlog.server.grpc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.foldlog.server.grpc.codec.JsonVerdict.Malformed;
import dev.foldlog.server.grpc.codec.JsonVerdict.Sound;
import dev.foldlog.server.grpc.codec.JsonVerdict.TooDeep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1, -1",
        "10, 10",
        "100, 100",
        "1.5, 1.5",
        "0.1, 0.1",
        "0.001, 0.001",
        "1e3, 1000",
        "9007199254740993, 9007199254740992",
        "1e20, 100000000000000000000",
        "1e21, 1e21",
        "1.5e300, 1.5e300",
        "-1e308, -1e308",
        "1e-7, 1e-7",
        "1.25e-9, 1.25e-9",
        "4.9e-324, 4.9e-324",
        "123456789.125, 123456789.125",
    })
    void writes_numbers_one_way(double number, String expected) {
        assertThat(text(number(number))).isEqualTo("{\"a\":" + expected + "}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void writes_numbers_that_read_back_as_they_were(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = text(number(number));
                assertThat(Double.parseDouble(text.substring(5, text.length() - 1)))
                        .isEqualTo(number);
                assertThat(JsonText.judge(text)).isInstanceOf(Sound.class);
            }
        }
    }

    @Test
    void writes_each_kind_and_sorts_keys_by_code_point() {
        Struct struct = Struct.newBuilder()
                .putFields("😀", Value.newBuilder().setBoolValue(true).build())
                .putFields("\uff5e", Value.newBuilder().setBoolValue(false).build())
                .putFields(
                        "b",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                .putFields("", Value.newBuilder().setStringValue("").build())
                .putFields(
                        "a",
                        list(
                                number(1),
                                Value.newBuilder()
                                        .setStructValue(Struct.getDefaultInstance())
                                        .build()))
                .putFields("c", list())
                .build();

        assertThat(((Sound) CanonicalJson.write(struct)).text())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"\":\"\",\"a\":[1,{}],\"b\":null,\"c\":[],\"\uff5e\":false,\"😀\":true}");
        assertThat(((Sound) CanonicalJson.write(Struct.getDefaultInstance())).text())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{}");
    }

    @Test
    void escapes_only_what_must_be() {
        Value value = Value.newBuilder()
                .setStringValue("\"\\/\b\f\n\r\t\u0000\u001f\u007fé€😀\u2028'<")
                .build();

        assertThat(text(value)).isEqualTo("{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€😀\u2028'<\"}");
    }

    @Test
    void says_where_it_cannot() {
        Value broken = number(Double.NaN);

        assertThat(CanonicalJson.write(struct("a", broken))).isEqualTo(new Malformed("a", "NaN", "a finite number"));
        assertThat(CanonicalJson.write(struct("a", nested("b", list(number(1), nested("c", broken))))))
                .isEqualTo(new Malformed("a.b[1].c", "NaN", "a finite number"));
        assertThat(CanonicalJson.write(struct("a", list(list(number(Double.NEGATIVE_INFINITY))))))
                .isEqualTo(new Malformed("a[0][0]", "-Infinity", "a finite number"));
        assertThat(CanonicalJson.write(struct("a", Value.getDefaultInstance())))
                .isEqualTo(new Malformed("a", "no value", "null_value for null"));
        assertThat(CanonicalJson.write(
                        struct("a", Value.newBuilder().setStringValue("\ud800").build())))
                .isEqualTo(new Malformed("a", "half a surrogate pair", "whole characters"));
        assertThat(CanonicalJson.write(struct("\udc00", number(1))))
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.problem()).isEqualTo("half a surrogate pair"));
    }

    @Test
    void has_at_most_100_levels() {
        Value value = number(1);
        for (int level = 2; level <= 100; level++) {
            value = level % 2 == 0 ? nested("a", value) : list(value);
        }

        assertThat(CanonicalJson.write(struct("a", value))).isInstanceOf(Sound.class);
        assertThat(CanonicalJson.write(struct("a", list(value)))).isEqualTo(new TooDeep(101));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void one_content_has_one_text_and_reads_back(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Struct struct = randomStruct(random, 4);
            byte[] text = ((Sound) CanonicalJson.write(struct)).text();

            assertThat(((Sound) CanonicalJson.write(shuffled(struct, random))).text())
                    .isEqualTo(text);
            assertThat(JsonText.judge(new String(text, StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            Sound.class, it -> assertThat(it.text()).isEqualTo(text));
            assertThat(StructReading.read(text)).isEqualTo(struct);
        }
    }

    private static Struct randomStruct(Random random, int levels) {
        RandomEvents texts = new RandomEvents(random);
        Struct.Builder struct = Struct.newBuilder();
        int fields = random.nextInt(5);
        for (int i = 0; i < fields; i++) {
            struct.putFields(texts.text(0, 3), randomValue(random, levels - 1));
        }
        return struct.build();
    }

    private static Value randomValue(Random random, int levels) {
        return switch (random.nextInt(levels > 0 ? 6 : 4)) {
            case 0 -> number(random.nextBoolean() ? random.nextInt() : random.nextGaussian());
            case 1 ->
                Value.newBuilder()
                        .setStringValue(new RandomEvents(random).text(0, 8))
                        .build();
            case 2 -> Value.newBuilder().setBoolValue(random.nextBoolean()).build();
            case 3 -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            case 4 ->
                Value.newBuilder().setStructValue(randomStruct(random, levels)).build();
            default -> list(randomValue(random, levels - 1), randomValue(random, levels - 1));
        };
    }

    private static Struct shuffled(Struct struct, Random random) {
        List<Map.Entry<String, Value>> fields =
                new ArrayList<>(struct.getFieldsMap().entrySet());
        Collections.shuffle(fields, random);
        Struct.Builder shuffled = Struct.newBuilder();
        fields.forEach(it -> shuffled.putFields(it.getKey(), it.getValue()));
        return shuffled.build();
    }

    private static String text(Value value) {
        return new String(((Sound) CanonicalJson.write(struct("a", value))).text(), StandardCharsets.UTF_8);
    }

    private static Struct struct(String key, Value value) {
        return Struct.newBuilder().putFields(key, value).build();
    }

    private static Value nested(String key, Value value) {
        return Value.newBuilder().setStructValue(struct(key, value)).build();
    }

    private static Value list(Value... values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
