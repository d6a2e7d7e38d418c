package dev.foldlog.expressions;

import static dev.foldlog.expressions.Views.compiled;
import static dev.foldlog.expressions.Views.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EventFold;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.expression.ExpressionError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources mean. */
final class CelExpressionsTest {
    private static final CelExpressions ENGINE = CelExpressions.standard();
    private static final EventView SCORED = Views.withPayload(
            "{\"score\":5,\"share\":0.25,\"big\":9007199254740993,\"model\":\"m-1\",\"labels\":[\"a\",\"b\"],"
                    + "\"nested\":{\"deep\":[1,{\"x\":null}]}}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.action == 'approve'",
                "event.event_id == 'e-1' && event.producer == 'reviewer:ana' && event.thread_id == 'chat-3'",
                "event.artifact_id == 'answer-17' && event.artifact_type == 'answer'",
                "event.event_version == 2 && event.stored_event_version == 1 && event.partition_key == 'answer-17'",
                "event.position == 42 && event.sequence == 3 && event.transaction_position == 41",
                "event.timestamp == timestamp('2026-03-01T12:00:00.5Z') && event.recorded_at > event.timestamp",
                "event.recorded_at - event.timestamp < duration('1s') && event.timestamp.getHours() == 12",
                "event.metadata.tenant == 't1' && 'trace' in event.metadata && event.metadata['zone'] == 'eu'",
                "'user:u7' in event.tags && event.tags.exists(it, it.startsWith('topic:')) && size(event.tags) == 2",
                "event.payload.score > 4.5 && event.payload.score < 6 && event.payload.share == 0.25",
                "has(event.payload.nested) && !has(event.payload.missing) && has(event.payload)",
                "event.payload.nested.deep[1].x == null",
                "event.payload.labels == ['a', 'b'] && event.payload.labels != ['a']",
                "event.payload.labels.all(it, it in ['a', 'b', 'c']) && event.payload.labels.exists_one(it, it == 'a')",
                "event.payload.labels.map(it, it + '!') == ['a!', 'b!']",
                "event.payload.labels.filter(it, it != 'a') == ['b']",
                "event.payload.labels + ['c'] == ['a', 'b', 'c']",
                "event.producer.matches('^reviewer:[a-z]+$') && matches(event.producer, 'ana')",
                "event.producer.contains('ewer') && event.producer.contains('reviewer:ana') && event.producer.endsWith('ana')",
                "event.payload.missing == 1 || event.action == 'approve'",
                "string(event.payload.score) == '5' && int('7') == 7 && double(event.payload.score) / 2.0 == 2.5",
                "merge({'a': 1, 'b': 1}, {'b': 2}) == {'a': 1, 'b': 2} && omit({'a': 1, 'b': 2}, ['b', 'z']) == {'a': 1}",
                "merge(event.metadata, event.payload).tenant == 't1'",
                "{'a': 1}.a == 1 && {1: 'x'}[event.payload.score - 4] == 'x' && dyn(1) == 1.0 && dyn([1]) == [1.0]",
                "size('añ😀') == 3 && b'abc' + b'd' == b'abcd'",
                "(event.payload.score > 3 ? 'high' : 'low') == 'high'",
                "type(event.payload.score) == int && type(event.payload.share) == double",
            })
    void is_true_of_the_event(String source) {
        assertThat(compiled(ENGINE.predicate(source)).test(SCORED)).isTrue();
    }

    @Test
    void integers_are_exact_beyond_what_a_double_holds() {
        assertThat(compiled(ENGINE.predicate("event.payload.big == 9007199254740993"))
                        .test(SCORED))
                .isTrue();
        assertThat(compiled(ENGINE.predicate("event.payload.big == 9007199254740992"))
                        .test(SCORED))
                .isFalse();
        assertThat(compiled(ENGINE.predicate("event.payload.big == 9007199254740992.0"))
                        .test(SCORED))
                .isFalse();
    }

    @Test
    void integers_beyond_64_bits_are_copied_digit_by_digit_and_compared_but_not_computed_with() {
        EventView event = Views.withPayload("{\"n\":123456789012345678901234567890,\"m\":-9223372036854775808}");

        assertThat(upcasted("merge(payload, {'k': payload.n})", event))
                .isEqualTo("{\"k\":123456789012345678901234567890,\"m\":-9223372036854775808,"
                        + "\"n\":123456789012345678901234567890}");
        assertThat(compiled(ENGINE.predicate(
                                "event.payload.n == event.payload.n && event.payload.n != event.payload.m"))
                        .test(event))
                .isTrue();
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(
                        () -> compiled(ENGINE.predicate("event.payload.n > 5")).test(event))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(EvaluationException.Kind.NO_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.payload.missing == 1",
                "event.payload.score > 'x'",
                "event.payload.share + 1 > 1",
                "event.payload.score / 0 == 1",
                "event.payload.labels[7] == 'a'",
                "event.payload.model",
                "int(event.payload.model) == 1",
                "9223372036854775807 + event.payload.score > 0",
                "dyn([1]) || true",
            })
    void has_no_value_for_the_event(String source) {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> compiled(ENGINE.predicate(source)).test(SCORED))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(EvaluationException.Kind.NO_VALUE))
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeBetween(5, 200).doesNotContain("\n", "<input>"));
    }

    @Test
    void a_payload_that_is_not_there_is_missing_and_can_be_asked_for() {
        EventView opaque = Views.withoutPayload();

        assertThat(compiled(ENGINE.predicate("has(event.payload)")).test(opaque))
                .isFalse();
        assertThat(compiled(ENGINE.predicate("event.action == 'approve'")).test(opaque))
                .isTrue();
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() ->
                        compiled(ENGINE.predicate("event.payload.score > 1")).test(opaque))
                .withMessage("key 'payload' is not present in map.");
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> compiled(ENGINE.upcasterStep("payload")).apply(opaque));
    }

    @Test
    void an_error_has_line_column_and_caret() {
        assertThat(refused(ENGINE.predicate("event.action == 'x' &&\n  event.acton == 'y'")))
                .containsExactly(
                        new ExpressionError(2, 8, "undefined field 'acton'", "  event.acton == 'y'\n       ^"));
        assertThat(refused(ENGINE.predicate("'é😀' == event.nope")))
                .containsExactly(
                        new ExpressionError(1, 14, "undefined field 'nope'", "'é😀' == event.nope\n             ^"));
    }

    @Test
    void a_long_line_is_cut_around_the_error() {
        String source =
                "event.action == '" + "a".repeat(300) + "' && event.nope && event.action == '" + "b".repeat(300) + "'";

        ExpressionError error = refused(ENGINE.predicate(source)).getFirst();

        String[] lines = error.snippet().split("\n", -1);
        assertThat(lines).hasSize(2);
        assertThat(lines[0])
                .startsWith("…")
                .endsWith("…")
                .contains(" && event.nope && ")
                .hasSizeLessThan(90);
        assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('.');
        assertThat(error.column()).isEqualTo(source.indexOf(".nope") + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n ",
                "1 +",
                "event.payload.score +",
                "event",
                "1",
                "event.action == 1",
                "nothing == 1",
                "state.x == 1",
                "now() > event.timestamp",
                "timestamp() == event.timestamp",
                "random() > 0.5",
                "uuid() == 'x'",
                "env('HOME') == 'x'",
                "event.producer.replace('a', 'b') == 'x'",
                "['a'].join() == 'x'",
                "'%s'.format(['a']) == 'a'",
                "lists.range(10) == []",
                "[[1]].flatten() == [1]",
                "base64.encode(b'x') == 'x'",
                "cel.bind(x, 1, x == 1)",
                "event.timestamp.getHours('Europe/Berlin') == 1",
                "event.?payload.hasValue()",
                "foldlog.v1.RecordedEvent{action: 'x'} == event",
                "google.protobuf.Timestamp{seconds: 1} == event.timestamp",
                "{event.payload.score: 1} == {}",
                "[1].all(x, {x: x} == {})",
                "[1].all(event, event == 1)",
                "event.producer.matches(event.action)",
                "event.producer.matches('(')",
            })
    void does_not_compile_as_a_predicate(String source) {
        assertThat(refused(ENGINE.predicate(source))).isNotEmpty().allSatisfy(error -> {
            assertThat(error.message())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotContain("\n");
            assertThat(error.snippet()).endsWith("^");
        });
    }

    @Test
    void a_source_has_a_greatest_length_in_code_points() {
        String longest = "event.action == '" + "😀".repeat(8_192 - 18) + "'";

        assertThat(compiled(ENGINE.predicate(longest)).test(SCORED)).isFalse();
        assertThat(refused(ENGINE.predicate(longest + " ")).getFirst().message())
                .isEqualTo("8193 characters (expected: 1 to 8192)");
    }

    @Test
    void keys_are_a_text_or_texts_without_repetition() {
        assertThat(compiled(ENGINE.keys("event.producer")).of(SCORED)).containsExactly("reviewer:ana");
        assertThat(compiled(ENGINE.keys("event.payload.labels + ['a', 'c']")).of(SCORED))
                .containsExactly("a", "b", "c");
        assertThat(compiled(ENGINE.keys("event.payload.model")).of(SCORED)).containsExactly("m-1");
        assertThat(compiled(ENGINE.keys("[]")).of(SCORED)).isEmpty();
        assertThat(refused(ENGINE.keys("1")).getFirst().message())
                .isEqualTo("the value is of type int (expected: list or string)");
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> compiled(ENGINE.keys("[1, 2]")).of(SCORED));
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> compiled(ENGINE.keys("event.payload.score")).of(SCORED));
    }

    @Test
    void a_fold_counts_by_producer() {
        EventFold fold = compiled(
                ENGINE.fold("{'producer': event.producer, 'count': (has(state.count) ? state.count : 0) + 1}"));

        String once = fold.apply(SCORED, EventFold.EMPTY);
        assertThat(once).isEqualTo("{\"count\":1,\"producer\":\"reviewer:ana\"}");
        assertThat(fold.apply(SCORED, String.valueOf(once))).isEqualTo("{\"count\":2,\"producer\":\"reviewer:ana\"}");
    }

    @Test
    void a_double_stays_a_double_when_it_is_whole() {
        EventFold fold = compiled(ENGINE.fold("{'sum': (has(state.sum) ? state.sum : 0.0) + event.payload.share}"));

        String state = EventFold.EMPTY;
        for (int i = 0; i < 4; i++) {
            state = String.valueOf(fold.apply(SCORED, state));
        }

        assertThat(state).isEqualTo("{\"sum\":1.0}");
        assertThat(fold.apply(SCORED, state)).isEqualTo("{\"sum\":1.25}");
    }

    @Test
    void a_fold_can_remove_the_state() {
        assertThat(compiled(ENGINE.fold("null")).apply(SCORED, "{\"a\":1}")).isNull();
        assertThat(compiled(ENGINE.fold("event.action == 'revoke' ? null : dyn(state)"))
                        .apply(SCORED, "{\"b\":1,\"a\":[]}"))
                .isEqualTo("{\"a\":[],\"b\":1}");
    }

    @Test
    void a_fold_of_a_state_that_is_no_object_is_a_callers_mistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compiled(ENGINE.fold("state")).apply(SCORED, "[]"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compiled(ENGINE.fold("state")).apply(SCORED, "{} {}"));
    }

    @Test
    void an_upcaster_step_sees_the_payload_under_both_names() {
        assertThat(upcasted(
                        "merge(omit(payload, ['labels', 'nested', 'big', 'share', 'model']), "
                                + "{'score': double(event.payload.score) / 100.0})",
                        SCORED))
                .isEqualTo("{\"score\":0.05}");
    }

    @Test
    void what_is_no_json_is_no_result() {
        for (String source : new String[] {"{'d': duration('1s')}", "{'b': b'x'}", "{'t': type(1)}", "{1: 2}"}) {
            assertThatExceptionOfType(EvaluationException.class).as(source).isThrownBy(() -> upcasted(source, SCORED));
        }
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> upcasted("{'x': 1.0 / 0.0}", SCORED))
                .withMessage("a number is Infinity (expected: a finite one)");
        assertThat(upcasted("{'at': event.timestamp}", SCORED)).isEqualTo("{\"at\":\"2026-03-01T12:00:00.500Z\"}");
    }

    @Test
    void a_payload_that_is_no_json_has_no_value() {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(
                        () -> compiled(ENGINE.predicate("event.payload.a == 1")).test(Views.withPayload("{\"a\":")));
    }

    @Test
    void the_version_names_the_library_that_is_used() {
        assertThat(ENGINE.version()).matches("cel-java-[0-9.]+/[0-9]+");
        assertThat(ENGINE.limits().stepsMax()).isEqualTo(5_000);
    }

    private static String upcasted(String source, EventView event) {
        return new String(compiled(ENGINE.upcasterStep(source)).apply(event), StandardCharsets.UTF_8);
    }
}
