package dev.foldlog.client.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.client.PayloadCodec;
import dev.foldlog.client.Payloads;
import dev.foldlog.v1.Payload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class JacksonPayloadCodecTest {
    private final PayloadCodec<Feedback> codec =
            JacksonPayloadCodec.of(JsonMapper.builder().build(), Feedback.class);

    record Feedback(int score, String comment) {}

    @Test
    void values_come_back_as_they_were() {
        Feedback feedback = new Feedback(5, "cites the right page → good");

        Payload payload = codec.encode(feedback);

        assertThat(payload.getJson()).isEqualTo("{\"score\":5,\"comment\":\"cites the right page → good\"}");
        assertThat(codec.decode(payload)).isEqualTo(feedback);
    }

    @Test
    void refuses_payloads_that_are_not_its_own() {
        assertThatThrownBy(() -> codec.decode(Payloads.json("{\"score\":\"many\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readable as " + Feedback.class.getName());
        assertThatThrownBy(() -> codec.decode(Payloads.bytes("x".getBytes(StandardCharsets.UTF_8), "text/plain")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: DATA (expected: JSON)");
    }

    @Test
    void an_event_without_a_payload_is_an_empty_object() {
        assertThat(Payloads.json(Payload.getDefaultInstance())).isEqualTo("{}");
    }
}
