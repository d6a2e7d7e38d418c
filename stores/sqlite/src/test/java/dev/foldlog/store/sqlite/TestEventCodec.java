package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A codec for tests. What is proposed comes first: whether the client gave a time and a partition key, the
 * facts, and what of the two it gave; then a mark, the stamp, and what it left to the server.
 */
final class TestEventCodec implements EventCodec {
    private static final byte STAMP_MARK = 'S';

    /** What the client sends of an event, but for the payload. */
    static byte[] propose(EventFacts facts, boolean hasKey, @Nullable Instant timestamp) {
        return bytes(out -> {
            out.writeBoolean(hasKey);
            out.writeBoolean(timestamp != null);
            out.writeUTF(facts.eventId().text());
            out.writeUTF(facts.action());
            out.writeUTF(facts.producer());
            out.writeUTF(facts.artifactId());
            out.writeUTF(facts.artifactType());
            out.writeUTF(facts.threadId());
            out.writeInt(facts.eventVersion());
            out.writeInt(facts.tags().size());
            for (String tag : facts.tags()) {
                out.writeUTF(tag);
            }
            if (hasKey) {
                out.writeUTF(facts.partitionKey());
            }
            if (timestamp != null) {
                write(out, timestamp);
            }
        });
    }

    @Override
    public byte[] seal(NewEvent event, Stamp stamp) {
        return bytes(out -> {
            byte[] proposed = event.envelope();
            out.write(proposed);
            out.writeByte(STAMP_MARK);
            out.writeLong(stamp.position().value());
            out.writeLong(stamp.sequence().value());
            write(out, stamp.recordedAt());
            out.writeLong(stamp.transactionPosition().value());
            if (proposed[0] == 0) {
                out.writeUTF(event.facts().partitionKey());
            }
            if (proposed[1] == 0) {
                write(out, stamp.recordedAt());
            }
        });
    }

    @Override
    public Envelope open(byte[] envelope) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(envelope))) {
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("envelope: cut off (expected: a sealed one)", e);
        }
    }

    @Override
    public boolean isRepeat(NewEvent event, RecordedEvent stored) {
        byte[] proposed = event.envelope();
        byte[] sealed = stored.envelope();
        return sealed.length > proposed.length
                && sealed[proposed.length] == STAMP_MARK
                && Arrays.equals(proposed, 0, proposed.length, sealed, 0, proposed.length)
                && Arrays.equals(event.payload(), stored.payload());
    }

    @Override
    public PayloadForm payloadForm(byte[] payload) {
        return payload.length > 0 && (payload[0] == '{' || Character.isWhitespace(payload[0]))
                ? PayloadForm.JSON
                : PayloadForm.OPAQUE;
    }

    private static Envelope read(DataInputStream in) throws IOException {
        boolean hasKey = in.readBoolean();
        boolean hasTime = in.readBoolean();
        List<String> texts = texts(in, 6);
        int version = in.readInt();
        List<String> tags = texts(in, in.readInt());
        String key = hasKey ? in.readUTF() : "";
        Instant time = hasTime ? time(in) : Instant.EPOCH;
        if (in.readByte() != STAMP_MARK) {
            throw new IllegalArgumentException("envelope: no stamp (expected: a sealed one)");
        }
        Position position = new Position(in.readLong());
        Sequence sequence = new Sequence(in.readLong());
        Instant recordedAt = time(in);
        Stamp stamp = new Stamp(position, sequence, recordedAt, new Position(in.readLong()));
        EventFacts facts = new EventFacts(
                new EventId(texts.get(0)),
                hasKey ? key : in.readUTF(),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                texts.get(4),
                texts.get(5),
                version,
                tags);
        return new Envelope(facts, hasTime ? time : time(in), stamp);
    }

    private static List<String> texts(DataInputStream in, int count) throws IOException {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void write(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
