package dev.foldlog.server.grpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.CodePointOrder;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.v1.NewEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtoEventCodecTest {
    private static final int ROUNDS = 2_000;

    private final ProtoEventCodec codec = new ProtoEventCodec();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void opens_what_it_sealed(long seed) {
        RandomEvents events = new RandomEvents(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            NewEvent event = events.event();
            dev.foldlog.core.event.NewEvent proposed = RandomEvents.proposed(event);
            Stamp stamp = events.stamp();

            Envelope opened = codec.open(codec.seal(proposed, stamp));

            assertThat(opened)
                    .isEqualTo(new Envelope(
                            proposed.facts(),
                            Objects.requireNonNullElse(proposed.timestamp(), stamp.recordedAt()),
                            event.getMetadataMap(),
                            stamp));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void what_it_seals_is_a_recorded_event_with_everything_the_client_sent(long seed)
            throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            NewEvent event = events.event();
            Stamp stamp = events.stamp();
            byte[] sealed = codec.seal(RandomEvents.proposed(event), stamp);

            dev.foldlog.v1.RecordedEvent read = dev.foldlog.v1.RecordedEvent.parseFrom(sealed);

            int version = Math.max(1, event.getEventVersion());
            Timestamp recordedAt = ProtoTimes.timestamp(stamp.recordedAt());
            assertThat(read)
                    .isEqualTo(dev.foldlog.v1.RecordedEvent.newBuilder()
                            .setEventId(event.getEventId())
                            .setAction(event.getAction())
                            .setProducer(event.getProducer())
                            .setArtifactId(event.getArtifactId())
                            .setArtifactType(event.getArtifactType())
                            .setThreadId(event.getThreadId())
                            .setEventVersion(version)
                            .setStoredEventVersion(version)
                            .setPartitionKey(
                                    event.getPartitionKey().isEmpty() ? event.getArtifactId() : event.getPartitionKey())
                            .setTimestamp(event.hasTimestamp() ? event.getTimestamp() : recordedAt)
                            .putAllMetadata(event.getMetadataMap())
                            .setPosition(stamp.position().value())
                            .setSequence(stamp.sequence().value())
                            .setRecordedAt(recordedAt)
                            .setTransactionPosition(stamp.transactionPosition().value())
                            .addAllTags(event.getTagsList())
                            .build());
        }
    }

    @Test
    void the_format_on_disk_stays_as_it_is() {
        NewEvent event = NewEvent.newBuilder()
                .setEventId("e")
                .setAction("approve")
                .setProducer("p")
                .setArtifactId("a")
                .setArtifactType("t")
                .putMetadata("z", "1")
                .putMetadata("b", "")
                .addTags("g")
                .build();
        Stamp stamp = new RandomEvents(new Random(9)).stamp();

        assertThat(HexFormat.of().formatHex(RandomEvents.proposed(event).envelope()))
                .isEqualTo("0a01651207617070726f76651a0170220161" + "2a0174" + "3801" + "5a050a01621200"
                        + "5a060a017a120131" + "800101" + "a2010167");
        assertThat(codec.seal(RandomEvents.proposed(event), stamp))
                .startsWith(RandomEvents.proposed(event).envelope());
    }

    @Test
    void a_repeat_is_one_whatever_the_order_of_its_metadata() {
        RandomEvents events = new RandomEvents(new Random(6));
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            NewEvent event = events.event();
            RecordedEvent stored = stored(RandomEvents.proposed(event), events.stamp());
            List<Map.Entry<String, String>> metadata =
                    new ArrayList<>(event.getMetadataMap().entrySet());
            Collections.shuffle(metadata, random);
            NewEvent.Builder repeat = event.toBuilder().clearMetadata();
            metadata.forEach(it -> repeat.putMetadata(it.getKey(), it.getValue()));

            assertThat(codec.isRepeat(RandomEvents.proposed(repeat.build()), stored))
                    .isTrue();
        }
    }

    @Test
    void version_0_and_version_1_are_the_same() {
        NewEvent event = new RandomEvents(new Random(8)).event();
        RecordedEvent stored = stored(
                RandomEvents.proposed(event.toBuilder().setEventVersion(0).build()),
                new RandomEvents(new Random(1)).stamp());

        assertThat(codec.isRepeat(
                        RandomEvents.proposed(
                                event.toBuilder().setEventVersion(1).build()),
                        stored))
                .isTrue();
    }

    @Test
    void every_single_change_makes_it_another_event() {
        List<UnaryOperator<NewEvent.Builder>> changes = List.of(
                it -> it.setEventId(it.getEventId() + "x"),
                it -> it.setAction(it.getAction() + "x"),
                it -> it.setProducer("x" + it.getProducer()),
                it -> it.setArtifactId(it.getArtifactId() + "x"),
                it -> it.setArtifactType(it.getArtifactType() + "x"),
                it -> it.setThreadId(it.getThreadId() + "x"),
                it -> it.setEventVersion(it.getEventVersion() + 2),
                it -> it.setPartitionKey(it.getPartitionKey() + "x"),
                it -> it.setTimestamp(ProtoTimes.timestamp(
                        ProtoTimes.instant(it.getTimestamp()).plusNanos(1))),
                it -> it.putMetadata("one more", ""),
                it -> it.addTags("one more"));
        RandomEvents events = new RandomEvents(new Random(10));
        for (int i = 0; i < ROUNDS; i++) {
            NewEvent event = events.event();
            RecordedEvent stored = stored(RandomEvents.proposed(event), events.stamp());

            for (int change = 0; change < changes.size(); change++) {
                NewEvent changed = changes.get(change).apply(event.toBuilder()).build();
                assertThat(codec.isRepeat(RandomEvents.proposed(changed), stored))
                        .as("change %d of %s", change, event)
                        .isFalse();
                // ... and the other way round: what was left out is a change as well.
                assertThat(codec.isRepeat(
                                RandomEvents.proposed(event), stored(RandomEvents.proposed(changed), events.stamp())))
                        .as("back from change %d of %s", change, event)
                        .isFalse();
            }
        }
    }

    @Test
    void what_it_derived_is_not_compared_but_what_the_client_sent_is() {
        NewEvent bare = new RandomEvents(new Random(11))
                .event().toBuilder().clearPartitionKey().clearTimestamp().build();
        Stamp stamp = new RandomEvents(new Random(12)).stamp();
        RecordedEvent stored = stored(RandomEvents.proposed(bare), stamp);

        assertThat(codec.isRepeat(RandomEvents.proposed(bare), stored)).isTrue();
        assertThat(codec.isRepeat(
                        RandomEvents.proposed(bare.toBuilder()
                                .setPartitionKey(bare.getArtifactId())
                                .build()),
                        stored))
                .isFalse();
        assertThat(codec.isRepeat(
                        RandomEvents.proposed(bare.toBuilder()
                                .setTimestamp(ProtoTimes.timestamp(stamp.recordedAt()))
                                .build()),
                        stored))
                .isFalse();
    }

    @Test
    void another_payload_is_another_event() {
        NewEvent event = new RandomEvents(new Random(13)).event();
        RecordedEvent stored =
                stored(RandomEvents.proposed(event, "{\"a\":1}"), new RandomEvents(new Random(14)).stamp());

        assertThat(codec.isRepeat(RandomEvents.proposed(event, "{\"a\":1}"), stored))
                .isTrue();
        assertThat(codec.isRepeat(RandomEvents.proposed(event, "{\"a\":1} "), stored))
                .isFalse();
    }

    @Test
    void compares_only_events_that_were_read_whole() {
        dev.foldlog.core.event.NewEvent event = RandomEvents.proposed(new RandomEvents(new Random(15)).event());
        Stamp stamp = new RandomEvents(new Random(16)).stamp();
        RecordedEvent stored = RecordedEvent.withoutPayload(stamp.position(), codec.seal(event, stamp));

        assertThatIllegalArgumentException().isThrownBy(() -> codec.isRepeat(event, stored));
    }

    @Test
    void opens_nothing_that_is_not_sealed() {
        dev.foldlog.core.event.NewEvent event = RandomEvents.proposed(new RandomEvents(new Random(17)).event());

        assertThatIllegalArgumentException().isThrownBy(() -> codec.open(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.open(event.envelope()));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.open(new byte[] {0x0a}));
    }

    @ParameterizedTest
    @ValueSource(longs = {18, 19})
    void damaged_bytes_open_as_something_or_are_refused_as_no_envelope(long seed) {
        Random random = new Random(seed);
        RandomEvents events = new RandomEvents(random);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] sealed = codec.seal(RandomEvents.proposed(events.event()), events.stamp());
            byte[] damaged = random.nextBoolean() ? sealed : Arrays.copyOf(sealed, random.nextInt(sealed.length));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                codec.open(damaged);
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void one_byte_tells_the_forms_of_payloads_apart() {
        assertThat(codec.payloadForm(utf8("{}"))).isEqualTo(PayloadForm.JSON);
        assertThat(codec.payloadForm(utf8(" \t\r\n{}"))).isEqualTo(PayloadForm.JSON);
        assertThat(codec.payloadForm(utf8("\t{}"))).isEqualTo(PayloadForm.JSON);
        assertThat(codec.payloadForm(PayloadBytes.emptyObject())).isEqualTo(PayloadForm.JSON);
        assertThat(codec.payloadForm(PayloadBytes.opaque(ByteString.EMPTY, ""))).isEqualTo(PayloadForm.OPAQUE);
        assertThat(codec.payloadForm(PayloadBytes.opaque(ByteString.copyFromUtf8("{}"), "a/b")))
                .isEqualTo(PayloadForm.OPAQUE);
        assertThatIllegalArgumentException().isThrownBy(() -> codec.payloadForm(new byte[0]));
    }

    @Test
    void metadata_is_sorted_as_utf8_is() {
        List<String> keys = new ArrayList<>(List.of("a", "ab", "", "\uff5e", "😀", "\ud7ff", "\ue000", "z", "é"));
        keys.sort(CodePointOrder.INSTANCE);

        List<String> byBytes = new ArrayList<>(keys);
        byBytes.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        assertThat(keys).isEqualTo(byBytes);
        assertThat(keys).isNotEqualTo(keys.stream().sorted().toList());
    }

    private RecordedEvent stored(dev.foldlog.core.event.NewEvent event, Stamp stamp) {
        return new RecordedEvent(stamp.position(), codec.seal(event, stamp), event.payload());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_id_made_for_an_event_is_part_of_it() {
        NewEvent event = new RandomEvents(new Random(20)).event();
        EventFacts facts = RandomEvents.proposed(event).facts();

        assertThat(ProposedEnvelope.encode(event.toBuilder().clearEventId().build(), facts))
                .isEqualTo(ProposedEnvelope.encode(event, facts));
    }
}
