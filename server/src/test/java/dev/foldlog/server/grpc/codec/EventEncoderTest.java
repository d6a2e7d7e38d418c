package dev.foldlog.server.grpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.SubscribeAllResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventEncoderTest {
    private static final ReadOptions PLAIN = ReadOptions.getDefaultInstance();
    private static final ReadOptions JSON = ReadOptions.newBuilder()
            .setPayloadForm(PayloadForm.PAYLOAD_FORM_JSON)
            .build();
    private static final ReadOptions STRUCT = ReadOptions.newBuilder()
            .setPayloadForm(PayloadForm.PAYLOAD_FORM_STRUCT)
            .build();
    private static final ReadOptions HEADERS =
            ReadOptions.newBuilder().setHeadersOnly(true).build();

    private final RandomEvents events = new RandomEvents(new Random(21));

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 124, 125, 126, 127, 128, 129, 16_380, 16_383, 16_384, 70_000, 1 << 20})
    void passes_json_of_every_length_through(int bytes) throws InvalidProtocolBufferException {
        String json = "{" + " ".repeat(bytes - 2) + "}";
        RecordedEvent stored = stored(utf8(json));

        dev.foldlog.v1.RecordedEvent read = read(PLAIN, stored);

        assertThat(read.getPayload())
                .isEqualTo(Payload.newBuilder().setJson(json).build());
        assertThat(read.toBuilder().clearPayload().build())
                .isEqualTo(dev.foldlog.v1.RecordedEvent.parseFrom(stored.envelope()));
        assertThat(EventEncoder.forOptions(JSON).encode(stored))
                .isEqualTo(EventEncoder.forOptions(PLAIN).encode(stored));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 100_000})
    void passes_opaque_bytes_through_in_every_form(int bytes) throws InvalidProtocolBufferException {
        ByteString data = ByteString.copyFrom(new byte[bytes]);
        RecordedEvent stored = stored(PayloadBytes.opaque(data, "image/png"));

        Payload expected =
                Payload.newBuilder().setData(data).setContentType("image/png").build();
        assertThat(read(PLAIN, stored).getPayload()).isEqualTo(expected);
        assertThat(read(STRUCT, stored).getPayload()).isEqualTo(expected);
    }

    @Test
    void gives_a_struct_to_those_who_want_one() throws InvalidProtocolBufferException {
        RecordedEvent stored = stored(utf8("{\"a\":[1.5,\"x\",null]}"));

        dev.foldlog.v1.RecordedEvent read = read(STRUCT, stored);

        Value list = read.getPayload().getJsonObject().getFieldsOrThrow("a");
        assertThat(list.getListValue().getValues(0).getNumberValue()).isEqualTo(1.5);
        assertThat(list.getListValue().getValues(1).getStringValue()).isEqualTo("x");
        assertThat(list.getListValue().getValues(2).hasNullValue()).isTrue();
        assertThat(read.toBuilder().clearPayload().build())
                .isEqualTo(dev.foldlog.v1.RecordedEvent.parseFrom(stored.envelope()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1e999}", "{\"a\":[-1e400]}"})
    void what_no_double_can_hold_stays_json(String json) throws InvalidProtocolBufferException {
        assertThat(read(STRUCT, stored(utf8(json))).getPayload().getJson()).isEqualTo(json);
    }

    @Test
    void what_is_over_1_MiB_as_a_struct_stays_json() throws InvalidProtocolBufferException {
        String many = "{\"a\":[" + "1,".repeat(100_000) + "1]}";
        String few = "{\"a\":[" + "1,".repeat(50_000) + "1]}";
        String text = "{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}";
        String key = "{\"" + "x".repeat((1 << 20) - 7) + "\":1}";

        assertThat(read(STRUCT, stored(utf8(many))).getPayload().hasJson()).isTrue();
        assertThat(read(STRUCT, stored(utf8(few))).getPayload().hasJsonObject()).isTrue();
        assertThat(read(STRUCT, stored(utf8(text))).getPayload().hasJson()).isTrue();
        assertThat(read(STRUCT, stored(utf8(key))).getPayload().hasJson()).isTrue();
    }

    @Test
    void what_is_too_deep_for_clients_to_parse_stays_json() throws InvalidProtocolBufferException {
        byte[] deepest = EventEncoder.forOptions(STRUCT).encode(stored(utf8(JsonTextTest.objects(30))));
        byte[] tooDeep = EventEncoder.forOptions(STRUCT).encode(stored(utf8(JsonTextTest.objects(31))));

        assertThat(subscribed(deepest).getPayload().hasJsonObject()).isTrue();
        assertThat(subscribed(tooDeep).getPayload().hasJson()).isTrue();
    }

    /** As a client gets it: in a batch in an answer, parsed with the usual limit of nesting. */
    private static dev.foldlog.v1.RecordedEvent subscribed(byte[] event) throws InvalidProtocolBufferException {
        SubscribeAllResponse.Builder response = SubscribeAllResponse.newBuilder();
        response.getBatchBuilder().addEvents(dev.foldlog.v1.RecordedEvent.parseFrom(event));
        return SubscribeAllResponse.parseFrom(response.build().toByteArray())
                .getBatch()
                .getEvents(0);
    }

    @Test
    void headers_have_neither_payload_nor_metadata() throws InvalidProtocolBufferException {
        for (int i = 0; i < 1_000; i++) {
            Stamp stamp = events.stamp();
            NewEvent event = events.event();
            RecordedEvent stored = RecordedEvent.withoutPayload(
                    stamp.position(), new ProtoEventCodec().seal(RandomEvents.proposed(event), stamp));

            dev.foldlog.v1.RecordedEvent read = read(HEADERS, stored);

            assertThat(read)
                    .isEqualTo(dev.foldlog.v1.RecordedEvent.parseFrom(stored.envelope()).toBuilder()
                            .clearMetadata()
                            .build());
        }
    }

    @Test
    void headers_leave_a_payload_out_that_was_read() throws InvalidProtocolBufferException {
        assertThat(read(HEADERS, stored(utf8("{}"))).hasPayload()).isFalse();
    }

    @Test
    void needs_the_payload_unless_only_headers_are_wanted() {
        RecordedEvent stored = RecordedEvent.withoutPayload(
                events.stamp().position(), stored(utf8("{}")).envelope());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventEncoder.forOptions(PLAIN).encode(stored));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventEncoder.forOptions(STRUCT).encode(stored));
    }

    private RecordedEvent stored(byte[] payload) {
        Stamp stamp = events.stamp();
        return new RecordedEvent(
                stamp.position(), new ProtoEventCodec().seal(RandomEvents.proposed(events.event()), stamp), payload);
    }

    private static dev.foldlog.v1.RecordedEvent read(ReadOptions options, RecordedEvent stored)
            throws InvalidProtocolBufferException {
        return dev.foldlog.v1.RecordedEvent.parseFrom(
                EventEncoder.forOptions(options).encode(stored));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
