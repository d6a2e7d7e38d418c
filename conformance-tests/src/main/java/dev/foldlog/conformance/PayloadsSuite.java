package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.recorded;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.RecordedEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** JSON payloads: text is kept byte for byte, a Struct becomes canonical text. */
public abstract class PayloadsSuite extends ConformanceSuite {
    protected PayloadsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> every_byte_is_kept_of() {
        return texts().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    String text = it.getValue();
                    AppendResponse response = client().append(event(it.getKey()).setPayload(json(text)));
                    assertThat(client().events(readStream(it.getKey()))
                                    .getFirst()
                                    .getPayload())
                            .isEqualTo(json(text));
                    assertThat(client().event(response.getEvents(0).getEventId())
                                    .getPayload())
                            .isEqualTo(json(text));
                }));
    }

    @Test
    void all_of_them_together_keep_every_byte() {
        List<NewEvent> events = texts().values().stream()
                .map(it -> event("a").setPayload(json(it)).build())
                .toList();
        client().append(append(events));

        assertThat(client().events(readStream("a")).stream()
                        .map(it -> it.getPayload().getJson()))
                .containsExactlyElementsOf(texts().values());
    }

    @TestFactory
    Stream<DynamicTest> a_reader_of_structs_can_read() {
        ReadOptions asStruct = ReadOptions.newBuilder()
                .setPayloadForm(PayloadForm.PAYLOAD_FORM_STRUCT)
                .build();
        return texts().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    String partition = "as struct " + it.getKey();
                    AppendRequest request = append(event(partition).setPayload(json(it.getValue())))
                            .build();
                    RecordedEvent stored =
                            recorded(request, client().append(request)).getFirst();
                    for (EventPath path : EventPath.values()) {
                        Payload payload = path.fetch(client(), stored, asStruct).getPayload();
                        assertThat(payload.hasJsonObject() || payload.equals(stored.getPayload()))
                                .as("%s delivers a Struct, or the text as it is", path)
                                .isTrue();
                        assertThat(Structs.hasOnlyNumbersOfJson(payload.getJsonObject()))
                                .isTrue();
                    }
                }));
    }

    @Test
    void a_struct_becomes_text_with_sorted_keys_and_whole_numbers_without_a_point() {
        Struct.Builder struct = Struct.newBuilder()
                .putFields("z", Structs.number(1))
                .putFields("a", Structs.number(2.5))
                .putFields("m", Structs.number(-3))
                .putFields("B", Structs.text("q\"\\\n"))
                .putFields("b", Structs.number(9007199254740992.0))
                .putFields("", Structs.text("ü🙂"));
        client().append(
                        event("a").setPayload(Payload.newBuilder().setJsonObject(struct)),
                        event("a").setPayload(Payload.newBuilder().setJsonObject(Struct.getDefaultInstance())),
                        event("a").setPayload(Payload.newBuilder().setJsonObject(Structs.example())));

        assertThat(client().events(readStream("a")).stream()
                        .map(it -> it.getPayload().getJson()))
                .containsExactly(
                        "{\"\":\"ü🙂\",\"B\":\"q\\\"\\\\\\n\",\"a\":2.5,\"b\":9007199254740992,\"m\":-3,\"z\":1}",
                        "{}",
                        "{\"a\":[1,{\"b\":[]}],\"i\":7,\"n\":1.5,\"s\":\"ü\",\"t\":true,\"z\":null}");
    }

    @Test
    void one_struct_is_one_text_whatever_the_order_of_its_fields() {
        NewEvent.Builder first = event("a")
                .setEventId(uuid())
                .setPayload(Payload.newBuilder()
                        .setJsonObject(Struct.newBuilder()
                                .putFields("a", Structs.number(1))
                                .putFields("b", Structs.number(2))));
        NewEvent.Builder second = first.clone()
                .setPayload(Payload.newBuilder()
                        .setJsonObject(Struct.newBuilder()
                                .putFields("b", Structs.number(2))
                                .putFields("a", Structs.number(1))));

        assertThat(client().append(first).getReplayed()).isFalse();
        assertThat(client().append(second).getReplayed()).isTrue();
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("the empty object", "{}");
        texts.put("white space everywhere", " \t\r\n{ \"a\"\t:\r1 ,\n\"b\" : [ 1 , 2 ] } \n");
        texts.put("integers of any size", "{\"a\":123456789012345678901234567890,\"b\":-9223372036854775809}");
        texts.put("integers above 2^53", "{\"a\":9007199254740993}");
        texts.put("numbers as written", "{\"a\":1.0,\"b\":1e2,\"c\":1E+02,\"d\":-0,\"e\":0.10,\"f\":1e-7}");
        texts.put("a number beyond doubles", "{\"a\":1e4000}");
        texts.put("the order of keys", "{\"z\":1,\"a\":2,\"M\":3}");
        texts.put("escapes as written", "{\"a\":\"\\u00e9\\/\\n\\\"\\\\\",\"\\u0062\":\"\\ud83d\\ude42\"}");
        texts.put("characters of every plane", "{\"ключ\":\"é🙂漢\u2028\u2029\uFFFD\u007f\"}");
        texts.put("a byte order mark inside", "{\"a\":\"\uFEFF\"}");
        texts.put("nesting a hundred deep", "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}");
        texts.put("one key in different objects", "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}}");
        texts.put("keys that differ in case", "{\"a\":1,\"A\":2}");
        texts.put("an empty key", "{\"\":null}");
        texts.put("a zero character", "{\"a\":\"\\u0000\"}");
        texts.put("literals", "{\"t\":true,\"f\":false,\"n\":null}");
        texts.put("many keys", manyKeys());
        return texts;
    }

    private static String manyKeys() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 2_000; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("\"key")
                    .append(i)
                    .append("\":")
                    .append(i);
        }
        return text.append('}').toString();
    }
}
