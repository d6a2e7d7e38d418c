package dev.foldlog.expressions;

import static dev.foldlog.expressions.Views.compiled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EventFold;
import dev.foldlog.core.expression.EventView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two engines, two evaluations, one text; and the order in which a payload names its keys does not show in a state. */
final class DeterminismTest {
    private static final int ROUNDS = 2_000;
    private static final List<String> FOLDS = List.of(
            "merge(state, event.payload)",
            "merge(event.payload, {'n': (has(state.n) ? state.n : 0) + 1})",
            "{'keys': event.metadata.map(k, k), 'all': event.payload, 'was': state}",
            "{'event': omit(merge(event.metadata, event.payload), ['a', 'b']), 'at': event.recorded_at}",
            "has(event.payload.a) ? {'a': event.payload.a, 'same': event.payload.a == event.payload.a} : state",
            "{'sum': (has(state.sum) ? state.sum : 0.0) + double(event.payload.a)}",
            "{'text': string(event.payload.a) + event.producer}");

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void two_evaluations_give_equal_bytes(long seed) {
        Random random = new Random(seed);
        List<EventFold> one = folds();
        List<EventFold> other = folds();
        EventFold unchanged = compiled(CelExpressions.standard().fold("state"));
        String[] states = new String[FOLDS.size()];
        int values = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int which = random.nextInt(FOLDS.size());
            String state = states[which] == null || states[which].length() > 2_000 ? EventFold.EMPTY : states[which];
            List<String> entries = entries(random, 3);
            EventView event = Views.withPayload(object(entries));

            String first = outcome(one.get(which), event, state);
            String second = outcome(other.get(which), Views.withPayload(object(entries)), state);
            Collections.shuffle(entries, random);
            String shuffled = outcome(one.get(which), Views.withPayload(object(entries)), state);

            assertThat(second).as("seed %d round %d", seed, i).isEqualTo(first);
            assertThat(shuffled).as("seed %d round %d, shuffled", seed, i).isEqualTo(first);
            if (first.startsWith("{")) {
                values++;
                states[which] = first;
                assertThat(outcome(unchanged, event, first))
                        .as("canonical is a fixed point, seed %d round %d", seed, i)
                        .isEqualTo(first);
            }
            if (i == 100) {
                one = folds();
            }
        }
        assertThat(values).isGreaterThan(ROUNDS / 2);
    }

    private static List<EventFold> folds() {
        CelExpressions engine = CelExpressions.standard();
        return FOLDS.stream().map(it -> compiled(engine.fold(it))).toList();
    }

    private static String outcome(EventFold fold, EventView event, String state) {
        try {
            return String.valueOf(fold.apply(event, state));
        } catch (EvaluationException e) {
            return e.kind() + ": " + e.getMessage();
        }
    }

    private static List<String> entries(Random random, int levels) {
        List<String> keys = new ArrayList<>(List.of("a", "b", "é", "ﬀ", "😀", "a b", "\\\"", "\\n"));
        Collections.shuffle(keys, random);
        List<String> entries = new ArrayList<>();
        int count = random.nextInt(5);
        for (String key : keys.subList(0, count)) {
            entries.add('"' + key + "\":" + value(random, levels));
        }
        return entries;
    }

    private static String object(List<String> entries) {
        return '{' + String.join(",", entries) + '}';
    }

    private static String value(Random random, int levels) {
        int kind = random.nextInt(levels > 0 ? 9 : 7);
        return switch (kind) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 3 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
            case 4 -> random.nextInt(1_000) + "e" + random.nextInt(-30, 30);
            case 5 -> random.nextInt(1, 10) + "234567890".repeat(1 + random.nextInt(5));
            case 6 -> "\"t" + random.nextInt(100) + "\\u0001é😀\"";
            case 7 -> object(entries(random, levels - 1));
            default -> '[' + value(random, levels - 1) + ',' + value(random, levels - 1) + ']';
        };
    }
}
