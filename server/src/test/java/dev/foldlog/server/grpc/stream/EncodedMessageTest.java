package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EncodedMessageTest {
    private static final RecordedEvent SHORT =
            RecordedEvent.newBuilder().setEventId("a").build();
    private static final RecordedEvent LONG =
            RecordedEvent.newBuilder().setEventId("b".repeat(300)).build();
    private static final List<byte[]> ENCODED = List.of(SHORT.toByteArray(), LONG.toByteArray());

    @Test
    void a_message_of_each_read_equals_the_one_that_protobuf_makes() throws IOException {
        EncodedMessage stream = new BatchForm.OfStream(new Sequence(7), new Position(9))
                .message(ENCODED, new BatchForm.Progress(Position.NONE, 0));
        EncodedMessage since = new BatchForm.OfStreamSince(new Sequence(7), new Position(9), true)
                .message(ENCODED, new BatchForm.Progress(Position.NONE, 0));
        EncodedMessage all = new BatchForm.OfAll(Direction.FORWARD, Position.NONE, new Position(9))
                .message(ENCODED, new BatchForm.Progress(new Position(8), 5));

        assertThat(ReadStreamResponse.parseFrom(stream.stream()))
                .isEqualTo(ReadStreamResponse.newBuilder()
                        .addEvents(SHORT)
                        .addEvents(LONG)
                        .setLastSequence(7)
                        .setAsOfPosition(9)
                        .build());
        assertThat(ReadStreamSinceResponse.parseFrom(since.stream()))
                .isEqualTo(ReadStreamSinceResponse.newBuilder()
                        .addEvents(SHORT)
                        .addEvents(LONG)
                        .setLastSequence(7)
                        .setAsOfPosition(9)
                        .setTruncated(true)
                        .build());
        assertThat(ReadAllResponse.parseFrom(all.stream()))
                .isEqualTo(ReadAllResponse.newBuilder()
                        .addEvents(SHORT)
                        .addEvents(LONG)
                        .setScannedPosition(8)
                        .setAsOfPosition(9)
                        .setFilterErrors(5)
                        .build());
    }

    @Test
    void a_batch_of_a_subscription_equals_the_one_that_protobuf_makes() throws IOException {
        EncodedMessage batch = SubscriptionMessages.batch(new Position(300), ENCODED);

        assertThat(batch.stream().readAllBytes())
                .isEqualTo(SubscribeAllResponse.newBuilder()
                        .setPosition(300)
                        .setBatch(EventBatch.newBuilder().addEvents(SHORT).addEvents(LONG))
                        .build()
                        .toByteArray());
    }

    @Test
    void the_end_of_a_read_backward_never_says_that_it_begins_anew() throws IOException {
        BatchForm form = new BatchForm.OfAll(Direction.BACKWARD, Position.NONE, new Position(5));

        ReadAllResponse last =
                ReadAllResponse.parseFrom(form.message(List.of(), new BatchForm.Progress(Position.NONE, 0)).stream());

        assertThat(last.getScannedPosition()).isEqualTo(1);
    }

    @Test
    void the_stream_knows_its_length_and_can_be_read_in_any_pieces() throws IOException {
        byte[] whole = {1, 2, 3, 4, 5, 6};
        EncodedMessage message =
                new EncodedMessage(List.of(new byte[] {1, 2}, new byte[0], new byte[] {3, 4, 5}, new byte[] {6}));

        InputStream single = message.stream();
        assertThat(single).isInstanceOf(KnownLength.class);
        assertThat(single.available()).isEqualTo(6);
        for (byte expected : whole) {
            assertThat(single.read()).isEqualTo(expected);
        }
        assertThat(single.read()).isEqualTo(-1);
        assertThat(single.read(new byte[4], 0, 4)).isEqualTo(-1);

        InputStream pieces = message.stream();
        byte[] target = new byte[8];
        assertThat(pieces.read(target, 1, 4)).isEqualTo(4);
        assertThat(target).containsExactly(0, 1, 2, 3, 4, 0, 0, 0);
        assertThat(pieces.available()).isEqualTo(2);

        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        assertThat(((Drainable) pieces).drainTo(rest)).isEqualTo(2);
        assertThat(rest.toByteArray()).containsExactly(5, 6);
        assertThat(pieces.available()).isZero();
    }
}
