package dev.foldlog.server.grpc.validation;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"approve", "a", "A-Z_0.9:x"})
    void accepts_names(String name) {
        judged(TextRule.ACTION, name).isAccepted();
        judged(TextRule.ARTIFACT_TYPE, name).isAccepted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app rove", "é", "a/b", "a\n", "\u0000", "😀", "a\u202eb"})
    void refuses_names_with_other_characters(String name) {
        judged(TextRule.ACTION, name).isMalformed("events[0].field");
        judged(TextRule.ARTIFACT_TYPE, name).isMalformed("events[0].field");
    }

    @Test
    void a_checkpoint_may_have_slashes() {
        judged(TextRule.CHECKPOINT_NAME, "team/a:worker-1_x.y").isAccepted();
        judged(TextRule.CHECKPOINT_NAME, "team a").isMalformed("events[0].field");
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_ID", "ACTION", "PRODUCER", "ARTIFACT_ID", "ARTIFACT_TYPE", "PARTITION_KEY", "TAG"})
    void refuses_what_is_missing(TextRule rule) {
        judged(rule, "").isMalformed("events[0].field");
    }

    @ParameterizedTest
    @EnumSource(names = {"THREAD_ID", "OWN_PARTITION_KEY", "CONTENT_TYPE", "PREFIX"})
    void lets_the_optional_be_empty(TextRule rule) {
        judged(rule, "").isAccepted();
    }

    @Test
    void counts_bytes_and_not_characters() {
        judged(TextRule.EVENT_ID, "x".repeat(128)).isAccepted();
        judged(TextRule.EVENT_ID, "x".repeat(129)).isOverLimit("events[0].field", "max_event_id_bytes", 129, 128);
        judged(TextRule.EVENT_ID, "é".repeat(64)).isAccepted();
        judged(TextRule.EVENT_ID, "é".repeat(65)).isOverLimit("events[0].field", "max_event_id_bytes", 130, 128);
        judged(TextRule.EVENT_ID, "€".repeat(43)).isOverLimit("events[0].field", "max_event_id_bytes", 129, 128);
        judged(TextRule.EVENT_ID, "😀".repeat(32)).isAccepted();
        judged(TextRule.EVENT_ID, "😀".repeat(33)).isOverLimit("events[0].field", "max_event_id_bytes", 132, 128);
    }

    @Test
    void knows_the_limit_of_each_field() {
        assertMax(TextRule.EVENT_ID, 128);
        assertMax(TextRule.ACTION, 128);
        assertMax(TextRule.PRODUCER, 256);
        assertMax(TextRule.ARTIFACT_ID, 256);
        assertMax(TextRule.ARTIFACT_TYPE, 128);
        assertMax(TextRule.THREAD_ID, 256);
        assertMax(TextRule.PARTITION_KEY, 512);
        assertMax(TextRule.OWN_PARTITION_KEY, 512);
        assertMax(TextRule.CONTENT_TYPE, 256);
        assertMax(TextRule.TAG, 128);
        assertMax(TextRule.CHECKPOINT_NAME, 128);
        assertMax(TextRule.PREFIX, 512);
    }

    private static void assertMax(TextRule rule, int max) {
        judged(rule, "x".repeat(max)).isAccepted();
        judged(rule, "x".repeat(max + 1)).isOverLimit("events[0].field", limit(rule), max + 1, max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\u0000", "\ud800", "a\udc00", "\udc00\ud800", "\ud800\ud800\udc00"})
    void refuses_NUL_and_halves_of_characters(String text) {
        judged(TextRule.PRODUCER, text).isMalformed("events[0].field");
        judged(TextRule.TAG, text).isMalformed("events[0].field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:u7", "a b\tc\n", "grün 😀 €", "'; DROP TABLE events; --"})
    void any_other_text_is_text(String text) {
        judged(TextRule.PRODUCER, text).isAccepted();
    }

    private static String limit(TextRule rule) {
        return "max_" + rule.name().toLowerCase(Locale.ROOT).replace("own_", "") + "_bytes";
    }

    private static Judged judged(TextRule rule, String text) {
        return Judged.by(violations -> rule.check(text, FieldPath.ROOT.element("events", 0), "field", violations));
    }
}
