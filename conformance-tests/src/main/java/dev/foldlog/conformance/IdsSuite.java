package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_INVALID_FIELD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ids of events: any text, compared byte by byte, given by the client or made. */
public abstract class IdsSuite extends ConformanceSuite {
    /** New with each test, for ids are unique in a whole store. It ends in letters, which have a case. */
    private final String unique = uuid().substring(0, 8);

    private final String uuidText = unique + "-6c5a-7cde-8f01-23456789abcd";

    protected IdsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> any_text_is_an_id() {
        List<String> ids = List.of(
                Long.toString(Long.parseLong(unique, 16)),
                "order-17/line-" + unique,
                " spaces are kept " + unique + ' ',
                "ünïcode 🙂" + unique,
                "x".repeat(120) + unique,
                "ü".repeat(60) + unique,
                "00000000-0000-0000-0000-0000" + unique,
                "ffffffff-ffff-ffff-ffff-ffff" + unique,
                uuidText,
                "' or 1=1 --" + unique);
        return ids.stream()
                .map(id -> DynamicTest.dynamicTest(id, () -> {
                    AppendedEvent appended =
                            client().append(event("a").setEventId(id)).getEvents(0);
                    assertThat(appended.getEventId()).isEqualTo(id);
                    assertThat(client().event(id).getEventId()).isEqualTo(id);
                    assertThat(client().event(id).getPosition()).isEqualTo(appended.getPosition());
                }));
    }

    @Test
    void other_spellings_of_a_uuid_are_other_ids() {
        List<String> spellings = List.of(
                uuidText,
                uuidText.toUpperCase(Locale.ROOT),
                uuidText.replace("-", ""),
                '{' + uuidText + '}',
                "urn:uuid:" + uuidText,
                uuidText.replace("abcd", "ABCD"),
                ' ' + uuidText);

        assertAllAreKeptApart(spellings);
    }

    @Test
    void a_text_whose_bytes_are_those_of_a_uuid_is_another_id() {
        String text = "abcdefgh" + unique;
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        String uuid = new UUID(bytes.getLong(), bytes.getLong()).toString();

        assertAllAreKeptApart(List.of(text, uuid));
        assertThat(client().append(event("a").setEventId(text)).getReplayed()).isTrue();
        assertThat(client().append(event("a").setEventId(uuid)).getReplayed()).isTrue();
    }

    @Test
    void ids_that_differ_in_case_or_normal_form_are_kept_apart() {
        assertAllAreKeptApart(Stream.of("id", "ID", "Id", "\u00e9", "e\u0301", "id ")
                .map(it -> unique + it)
                .toList());
    }

    @Test
    void an_id_may_not_be_twice_in_one_append() {
        Refusal refusal = Refusal.of(
                ERROR_REASON_INVALID_FIELD,
                () -> client().append(
                                event("a").setEventId("x"),
                                event("b"),
                                event("c").setEventId("x")));

        assertThat(refusal.fields()).containsExactly("events[2].event_id");
        assertThat(client().head()).isZero();
    }

    @Test
    void an_unknown_id_is_not_found() {
        String known = "known-" + unique;
        client().append(event("a").setEventId(known));

        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().event("unknown-" + unique));
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().event(uuid()));
        assertThat(client().event(known).getSequence()).isEqualTo(1);
    }

    @Test
    void ids_derived_from_a_request_id_are_different_uuids_and_given_ones_stay() {
        AppendRequest.Builder request = append(event("a"), event("a").setEventId("mine-" + unique), event("a"))
                .setRequestId(uuid());
        AppendResponse response = client().append(request);

        List<String> ids =
                response.getEventsList().stream().map(AppendedEvent::getEventId).toList();
        assertThat(ids).hasSize(3).doesNotHaveDuplicates();
        assertThat(ids.get(1)).isEqualTo("mine-" + unique);
        assertThat(UUID.fromString(ids.get(0))).isNotEqualTo(UUID.fromString(ids.get(2)));
        assertThat(Events.ids(client().everything())).isEqualTo(ids);
    }

    private void assertAllAreKeptApart(List<String> ids) {
        List<Long> positions = ids.stream()
                .map(it -> client().append(event("a").setEventId(it)).getPosition())
                .toList();

        assertThat(positions).doesNotHaveDuplicates();
        assertThat(Events.ids(client().everything())).isEqualTo(ids);
        assertThat(ids.stream().map(it -> client().event(it).getPosition())).containsExactlyElementsOf(positions);
        assertThat(ids.stream().map(it -> client().event(it).getEventId())).containsExactlyElementsOf(ids);
    }
}
