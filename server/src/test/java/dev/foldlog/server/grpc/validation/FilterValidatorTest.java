package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventFilter;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FilterValidatorTest {
    private static final FilterValidator FILTERS =
            new FilterValidator(new FilterExpressions(CelExpressions.standard()));
    private static final FieldPath PATH = FieldPath.ROOT
            .element("preconditions", 1)
            .field("no_events_matching")
            .field("filter");
    private static final String AT = "preconditions[1].no_events_matching.filter";

    @Test
    void an_empty_filter_matches_all() {
        assertThat(converted(EventFilter.getDefaultInstance()).isAll()).isTrue();
    }

    @Test
    void carries_every_field_over() {
        EventFilter.Builder filter = EventFilter.newBuilder()
                .addPartitionKeys("p")
                .addActions("a")
                .addAllArtifactTypes(List.of("t1", "t2", "t2"))
                .addArtifactIds("i")
                .addThreadIds("")
                .addProducers("x")
                .setSince(Timestamp.newBuilder().setSeconds(1))
                .setUntil(Timestamp.newBuilder().setSeconds(2).setNanos(3))
                .addTags("g");
        filter.addAnyOf(EventFilter.newBuilder().addActions("b"));
        filter.addAnyOf(EventFilter.getDefaultInstance());

        dev.foldlog.core.read.EventFilter all = dev.foldlog.core.read.EventFilter.ALL;
        assertThat(converted(filter.build()))
                .isEqualTo(new dev.foldlog.core.read.EventFilter(
                        Set.of("p"),
                        Set.of("a"),
                        Set.of("t1", "t2"),
                        Set.of("i"),
                        Set.of(""),
                        Set.of("x"),
                        Instant.ofEpochSecond(1),
                        Instant.ofEpochSecond(2, 3),
                        Set.of("g"),
                        List.of(
                                new dev.foldlog.core.read.EventFilter(
                                        Set.of(),
                                        Set.of("b"),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        null,
                                        null,
                                        Set.of(),
                                        List.of()),
                                all)));
    }

    @Test
    void compiles_an_expression_once_for_all_who_send_it() {
        EventFilter filter = EventFilter.newBuilder()
                .setExpression("event.action == 'a'")
                .addAnyOf(EventFilter.newBuilder().setExpression("true"))
                .build();

        dev.foldlog.core.read.EventFilter one = FILTERS.validate(filter, PATH, new Violations());
        dev.foldlog.core.read.EventFilter other = FILTERS.validate(filter, PATH, new Violations());

        assertThat(one.expression()).isNotNull().isSameAs(other.expression()).hasToString("event.action == 'a'");
        assertThat(one.anyOf().getFirst().expression()).hasToString("true");
    }

    @Test
    void takes_sixteen_expressions_and_no_more() {
        EventFilter one = EventFilter.newBuilder().setExpression("true").build();

        judged(one.toBuilder().addAllAnyOf(Collections.nCopies(15, one)).build())
                .isAccepted();
        judged(one.toBuilder().addAllAnyOf(Collections.nCopies(16, one)).build())
                .isRefused(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED, AT);
    }

    @Test
    void refuses_an_expression_that_does_not_compile_wherever_it_stands() {
        EventFilter filter =
                EventFilter.newBuilder().setExpression("event.acton == 'x'").build();

        judged(filter).isRefused(ErrorReason.ERROR_REASON_INVALID_EXPRESSION, AT + ".expression");
        judged(EventFilter.newBuilder().addAnyOf(filter).build())
                .isRefused(ErrorReason.ERROR_REASON_INVALID_EXPRESSION, AT + ".any_of[0].expression");
    }

    @Test
    void refuses_alternatives_of_alternatives() {
        EventFilter inner = EventFilter.newBuilder().addActions("a").build();
        EventFilter middle = EventFilter.newBuilder().addAnyOf(inner).build();

        judged(EventFilter.newBuilder().addAnyOf(inner).build()).isAccepted();
        judged(EventFilter.newBuilder().addAnyOf(inner).addAnyOf(middle).build())
                .isMalformed(AT + ".any_of[1].any_of");
    }

    @Test
    void each_field_has_its_limit() {
        assertMax("partition_keys", 1_000, EventFilter.newBuilder()::addAllPartitionKeys);
        assertMax("actions", 100, EventFilter.newBuilder()::addAllActions);
        assertMax("artifact_types", 100, EventFilter.newBuilder()::addAllArtifactTypes);
        assertMax("artifact_ids", 1_000, EventFilter.newBuilder()::addAllArtifactIds);
        assertMax("thread_ids", 1_000, EventFilter.newBuilder()::addAllThreadIds);
        assertMax("producers", 100, EventFilter.newBuilder()::addAllProducers);
        assertMax("tags", 16, EventFilter.newBuilder()::addAllTags);
    }

    private static void assertMax(
            String field, int max, java.util.function.Function<List<String>, EventFilter.Builder> adder) {
        judged(adder.apply(values(max)).clone().build()).isAccepted();
        EventFilter.Builder over = adder.apply(List.of("one-more"));
        judged(over.build()).isOverLimit(AT + "." + field, "max_filter_" + field, max + 1, max);
    }

    @Test
    void has_at_most_100_alternatives() {
        EventFilter.Builder filter = EventFilter.newBuilder();
        IntStream.range(0, 100)
                .forEach(i -> filter.addAnyOf(EventFilter.newBuilder().addActions("a" + i)));
        judged(filter.build()).isAccepted();

        filter.addAnyOf(EventFilter.newBuilder().addActions("b"));
        judged(filter.build()).isOverLimit(AT + ".any_of", "max_any_of", 101, 100);
    }

    @Test
    void has_at_most_10000_values_with_its_alternatives() {
        EventFilter.Builder filter = EventFilter.newBuilder();
        IntStream.range(0, 10)
                .forEach(i -> filter.addAnyOf(EventFilter.newBuilder().addAllArtifactIds(values(1_000))));
        judged(filter.build()).isAccepted();

        judged(filter.addActions("a").build()).isOverLimit(AT, "max_filter_values", 10_001, 10_000);
    }

    @Test
    void refuses_values_that_no_event_can_have() {
        judged(EventFilter.newBuilder().addTags("a").addTags("").build()).isMalformed(AT + ".tags[1]");
        judged(EventFilter.newBuilder().addActions("").build()).isMalformed(AT + ".actions[0]");
        judged(EventFilter.newBuilder().addProducers("a\u0000b").build()).isMalformed(AT + ".producers[0]");
        judged(EventFilter.newBuilder().addThreadIds("").build()).isAccepted();
    }

    @Test
    void values_obey_the_rules_of_their_fields() {
        judged(EventFilter.newBuilder().addPartitionKeys("x".repeat(513)).build())
                .isOverLimit(AT + ".partition_keys[0]", "max_partition_key_bytes", 513, 512);
        judged(EventFilter.newBuilder().addArtifactIds("x".repeat(257)).build())
                .isOverLimit(AT + ".artifact_ids[0]", "max_artifact_id_bytes", 257, 256);
        judged(EventFilter.newBuilder().addThreadIds("x".repeat(257)).build())
                .isOverLimit(AT + ".thread_ids[0]", "max_thread_id_bytes", 257, 256);
        judged(EventFilter.newBuilder().addProducers("x".repeat(257)).build())
                .isOverLimit(AT + ".producers[0]", "max_producer_bytes", 257, 256);
        judged(EventFilter.newBuilder().addTags("x".repeat(129)).build())
                .isOverLimit(AT + ".tags[0]", "max_tag_bytes", 129, 128);
        judged(EventFilter.newBuilder().addActions("app rove").build()).isMalformed(AT + ".actions[0]");
        judged(EventFilter.newBuilder().addArtifactTypes("an/swer").build()).isMalformed(AT + ".artifact_types[0]");
    }

    @Test
    void is_at_most_256_kib_with_its_alternatives() {
        EventFilter.Builder filter = EventFilter.newBuilder();
        for (String value : values(900)) {
            filter.addPartitionKeys(value + "x".repeat(280));
        }
        judged(filter.build()).isAccepted();
        filter.addAnyOf(EventFilter.newBuilder().addAllArtifactIds(values(900)));
        for (String value : values(90)) {
            filter.addProducers(value + "x".repeat(200));
        }
        EventFilter large = filter.build();
        judged(large).isOverLimit(AT, "max_filter_bytes", large.getSerializedSize(), 256 << 10);
    }

    @Test
    void refuses_what_is_no_time() {
        judged(EventFilter.newBuilder()
                        .setSince(Timestamp.newBuilder().setNanos(-1))
                        .build())
                .isMalformed(AT + ".since.nanos");
        judged(EventFilter.newBuilder()
                        .addAnyOf(EventFilter.newBuilder()
                                .setUntil(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))
                        .build())
                .isMalformed(AT + ".any_of[0].until.seconds");
    }

    private static List<String> values(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
    }

    private static dev.foldlog.core.read.EventFilter converted(EventFilter filter) {
        Violations violations = new Violations();
        dev.foldlog.core.read.EventFilter converted = FILTERS.validate(filter, PATH, violations);
        violations.throwIfAny();
        return converted;
    }

    private static Judged judged(EventFilter filter) {
        return Judged.by(violations -> FILTERS.validate(filter, PATH, violations));
    }
}
