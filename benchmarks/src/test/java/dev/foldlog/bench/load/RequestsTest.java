package dev.foldlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RequestsTest {
    private static final Shape SHAPE = new Shape(50, IdKind.ordered, 300, 7);

    @Test
    void equal_seeds_make_equal_requests() {
        assertThat(requests(SHAPE)).isEqualTo(requests(SHAPE));
        assertThat(requests(SHAPE.withSeed(8))).isNotEqualTo(requests(SHAPE));
    }

    @Test
    void callers_of_one_load_do_not_send_the_same() {
        Requests requests = new Requests(SHAPE, new FoldlogForm());

        assertThat(requests.one(draw(SHAPE, 1))).isNotEqualTo(requests.one(draw(SHAPE, 2)));
    }

    @Test
    void a_request_of_many_has_so_many_events_with_ids_of_their_own() throws InvalidProtocolBufferException {
        List<NewEvent> events = parsed(new Requests(SHAPE, new FoldlogForm()).many(draw(SHAPE, 0), 100));

        assertThat(events).hasSize(100);
        assertThat(events.stream().map(NewEvent::getEventId).distinct()).hasSize(100);
    }

    @Test
    void payloads_are_as_long_as_wanted() throws InvalidProtocolBufferException {
        assertThat(parsed(requests(SHAPE)))
                .allSatisfy(it -> assertThat(it.getPayload().getJson())
                        .hasSize(300)
                        .startsWith("{")
                        .endsWith("\"}"));
    }

    @Test
    void ordered_ids_are_of_version_7_with_the_time_and_random_ones_of_version_4()
            throws InvalidProtocolBufferException {
        UUID ordered = UUID.fromString(parsed(requests(SHAPE)).getFirst().getEventId());
        UUID random = UUID.fromString(
                parsed(requests(SHAPE.withIds(IdKind.random))).getFirst().getEventId());

        assertThat(ordered.version()).isEqualTo(7);
        assertThat(ordered.variant()).isEqualTo(2);
        assertThat(ordered.getMostSignificantBits() >>> 16).isEqualTo(1_000);
        assertThat(random.version()).isEqualTo(4);
        assertThat(random.variant()).isEqualTo(2);
    }

    @Test
    void artifacts_are_below_the_number_of_partitions() throws InvalidProtocolBufferException {
        assertThat(parsed(requests(SHAPE)))
                .extracting(it -> Integer.parseInt(it.getArtifactId().substring("answer-".length())))
                .allSatisfy(it -> assertThat(it).isBetween(0, 49));
    }

    @Test
    void a_number_in_an_id_is_found_again() throws InvalidProtocolBufferException {
        Draw draw = draw(SHAPE, 0);
        String id = parsed(new Requests(SHAPE, new FoldlogForm()).one(draw.numbered(123_456_789_012L)))
                .getFirst()
                .getEventId();

        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(IdText.number(id.getBytes(StandardCharsets.US_ASCII), 0)).isEqualTo(123_456_789_012L);
    }

    @Test
    void one_numbered_event_in_a_hundred_is_rare() throws InvalidProtocolBufferException {
        Requests requests = new Requests(SHAPE, new FoldlogForm());
        Draw draw = draw(SHAPE, 0);

        long rare = IntStream.range(0, 1_000)
                .mapToObj(it -> requests.one(draw.numbered(it)))
                .filter(it -> new String(it, StandardCharsets.ISO_8859_1).contains(Feedback.RARE_ACTION))
                .count();

        assertThat(rare).isEqualTo(10);
    }

    private static byte[] requests(Shape shape) {
        return new Requests(shape, new FoldlogForm()).many(draw(shape, 3), 20);
    }

    private static Draw draw(Shape shape, int caller) {
        return new Draw(shape, caller, () -> 1_000);
    }

    private static List<NewEvent> parsed(byte[] request) throws InvalidProtocolBufferException {
        return AppendRequest.parseFrom(request).getEventsList();
    }
}
