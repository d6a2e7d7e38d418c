package dev.foldlog.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
    private final EventJsonReader reader = new EventJsonReader();

    @Test
    void what_is_written_is_read_as_the_same_event() throws EventSyntaxException {
        for (long seed = 0; seed < 2_000; seed++) {
            NewEvent event = new EventGenerator(new Random(seed)).event();
            String line = written(EventGenerator.recorded(event));
            assertThat(line).as("seed %s", seed).endsWith("}\n");
            assertThat(line.strip().lines()).as("seed %s: %s", seed, line).hasSize(1);
            assertThat(reader.read(line)).as("seed %s: %s", seed, line).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":9007199254740993}",
                "{\"n\": 123456789012345678901234567890}",
                "{\"n\":1e400}",
                "{\"n\":1.10}",
                "{\"n\":-0.0, \"m\":1E+2}",
                "{ }",
                "{\"a\":{\"b\":[1, 2,{}]},\"c\":\"}\\\"{\"}",
                "{\"\\u0061\":\"\\ud83d\\ude00 é 😀 \\ud800\"}"
            })
    void a_payload_is_taken_over_byte_for_byte(String payload) throws EventSyntaxException {
        String line = "{\"action\": \"a😀\", \"payload\":  " + payload + " , \"producer\": \"p\"}";
        NewEvent event = reader.read(line);
        assertThat(event.getPayload().getJson()).isEqualTo(payload);
        assertThat(event.getProducer()).isEqualTo("p");
        assertThat(written(EventGenerator.recorded(event))).contains("\"payload\":" + payload + ',');
    }

    @Test
    void a_number_of_ten_thousand_digits_survives() throws EventSyntaxException {
        String payload = "{\"n\":" + "7".repeat(10_000) + '}';
        assertThat(reader.read("{\"payload\":" + payload + '}').getPayload().getJson())
                .isEqualTo(payload);
    }

    @Test
    void a_text_that_is_nested_too_deeply_is_told_without_names_of_the_parser() {
        String deep = "{\"payload\":" + "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000) + '}';
        assertThatThrownBy(() -> reader.read(deep))
                .isInstanceOf(EventSyntaxException.class)
                .hasMessage("nested too deeply (expected: at most 1000 levels on a line; a payload may have 100)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n  \"a\": 1\n}", " {\"a\":1}", "{\"a\":1}\n", "{\"a\":\r1}"})
    void a_payload_that_is_no_part_of_a_line_goes_into_payload_text(String payload) throws EventSyntaxException {
        NewEvent event = NewEvent.newBuilder()
                .setPayload(Payload.newBuilder().setJson(payload))
                .build();
        String line = written(EventGenerator.recorded(event));
        assertThat(line).contains("\"payload_text\"");
        assertThat(line.strip().lines()).hasSize(1);
        assertThat(reader.read(line).getPayload().getJson()).isEqualTo(payload);
    }

    @Test
    void opaque_payloads_are_base64_with_their_type() throws EventSyntaxException {
        NewEvent event = reader.read("{\"payload_data\":\"AAH/\",\"content_type\":\"application/x-thing\"}");
        assertThat(event.getPayload().getData()).isEqualTo(ByteString.copyFrom(new byte[] {0, 1, -1}));
        assertThat(event.getPayload().getContentType()).isEqualTo("application/x-thing");
        assertThat(reader.read("{\"payload_data\":\"\"}").getPayload().hasData())
                .isTrue();
    }

    @Test
    void what_the_server_adds_is_passed_over() throws EventSyntaxException {
        NewEvent event = reader.read("{\"position\":7,\"sequence\":1,\"recorded_at\":\"2026-01-01T00:00:00Z\","
                + "\"transaction_position\":7,\"stored_event_version\":1,\"action\":\"a\"}");
        assertThat(event).isEqualTo(NewEvent.newBuilder().setAction("a").build());
    }

    @Test
    void times_are_kept_to_the_nanosecond() throws EventSyntaxException {
        assertThat(reader.read("{\"timestamp\":\"2026-01-31T13:00:00.123456789+01:00\"}")
                        .getTimestamp())
                .isEqualTo(Timestamp.newBuilder()
                        .setSeconds(1_769_860_800L)
                        .setNanos(123_456_789)
                        .build());
    }

    @Test
    void null_is_absent() throws EventSyntaxException {
        assertThat(reader.read("{\"action\":\"a\",\"thread_id\":null,\"payload\":null,\"tags\":null}"))
                .isEqualTo(NewEvent.newBuilder().setAction("a").build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"actoin\":\"a\"}                             | actoin: unknown field (did you mean action?)",
                "{\"foo\":null}                                 | foo: unknown field",
                "{\"eventId\":\"x\"}                            | eventId: unknown field (did you mean event_id?)",
                "{\"action\":7}                                 | action: the number 7 (expected: a text)",
                "{\"action\":{}}                                | action: an object (expected: a text)",
                "{\"event_version\":1.5}                        | event_version: the number 1.5 (expected: a whole number)",
                "{\"event_version\":99999999999}                | event_version: the number 99999999999 (expected: a whole number up to 2147483647)",
                "{\"timestamp\":\"yesterday\"}                  | timestamp: yesterday (expected: RFC 3339, such as 2026-01-31T12:00:00Z)",
                "{\"payload\":\"x\"}                            | payload: a text (expected: an object; payload_data is for opaque bytes)",
                "{\"payload\":[]}                               | payload: an array (expected: an object; payload_data is for opaque bytes)",
                "{\"payload\":{},\"payload_data\":\"AA==\"}     | payload_data: beside payload (expected: one of them)",
                "{\"payload\":{},\"payload_text\":\"{}\"}       | payload_text: beside payload (expected: one of them)",
                "{\"content_type\":\"x\"}                       | content_type: without payload_data",
                "{\"payload_data\":\"***\"}                     | payload_data: no valid base64",
                "{\"tags\":[\"a\",1]}                           | tags[1]: the number 1 (expected: a text)",
                "{\"tags\":\"a\"}                               | tags: a text (expected: an array of texts)",
                "{\"metadata\":{\"k\":1}}                       | metadata.k: the number 1 (expected: a text)",
                "{\"action\":\"\\ud800\"}                       | action: half of a surrogate pair (expected: valid Unicode)",
                "[]                                             | no JSON object (expected: one event, such as {\"action\": ...})",
                "{} {}                                          | text after the event (expected: one JSON object on a line)"
            })
    void a_wrong_line_is_refused_by_the_name_of_its_field(String line, String message) {
        assertThatThrownBy(() -> reader.read(line))
                .isInstanceOf(EventSyntaxException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"a\"",
                "{\"action\":\"a\",}",
                "",
                "action",
                "{\"payload\":{\"a\":1,\"a\":2}}",
                "{\"action\":\"a\",\"action\":\"b\"}",
                "{\"payload\":{\"a\":01}}",
                "{\"payload\":{\"a\":NaN}}"
            })
    void text_that_is_no_json_is_refused(String line) {
        assertThatThrownBy(() -> reader.read(line)).isInstanceOf(EventSyntaxException.class);
    }

    @Test
    void every_single_broken_byte_is_refused_or_read_without_a_crash() {
        Random random = new Random(11);
        String line = written(EventGenerator.recorded(new EventGenerator(random).event()));
        for (int i = 0; i < 5_000; i++) {
            char[] chars = line.toCharArray();
            chars[random.nextInt(chars.length)] = (char) random.nextInt(0x80);
            try {
                NewEvent read = reader.read(new String(chars));
                assertThat(NewEvent.newBuilder(read).build()).isEqualTo(read);
            } catch (EventSyntaxException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static String written(RecordedEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LineOutput output = new LineOutput(bytes, "test");
        new EventJsonWriter(output).write(event);
        output.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void empty_fields_are_left_out() {
        String line = written(RecordedEvent.newBuilder().setAction("a").build());
        assertThat(List.of("thread_id", "tags", "metadata", "payload")).noneMatch(line::contains);
    }
}
