package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.store.CorruptionException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code event.envelope}: what proves that an event reads as it was written, then the envelope.
 *
 * <pre>
 *   0      1   layout, now 1
 *   1      4   CRC-32C of the payload
 *   5      4   CRC-32C of the position (8 bytes), bytes 0 to 4, and the envelope
 *   9      …   the envelope
 * </pre>
 *
 * Integers are big-endian. The payload has a checksum of its own so that the rest stays provable without
 * it. SQLite itself does not notice a flipped bit.
 */
final class EnvelopeBlob {
    private static final byte LAYOUT = 1;
    private static final int PAYLOAD_SUM_AT = 1;
    private static final int ENVELOPE_SUM_AT = 5;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEAD_BYTES = 9;

    private EnvelopeBlob() {}

    static byte[] seal(long position, byte[] envelope, byte[] payload) {
        byte[] blob = new byte[HEAD_BYTES + envelope.length];
        blob[0] = LAYOUT;
        INTS.set(blob, PAYLOAD_SUM_AT, sum(payload));
        System.arraycopy(envelope, 0, blob, HEAD_BYTES, envelope.length);
        INTS.set(blob, ENVELOPE_SUM_AT, envelopeSum(position, blob));
        return blob;
    }

    /** Takes an event out of its row and checks it; {@code payload} is null when it was not read. */
    static RecordedEvent open(long position, byte @Nullable [] blob, byte @Nullable [] payload) {
        if (blob == null || blob.length < HEAD_BYTES || blob[0] != LAYOUT) {
            throw damaged(position, "unknown layout");
        }
        if (number(blob, ENVELOPE_SUM_AT) != envelopeSum(position, blob)) {
            throw damaged(position, "the envelope's checksum does not match");
        }
        if (payload != null && number(blob, PAYLOAD_SUM_AT) != sum(payload)) {
            throw damaged(position, "the payload's checksum does not match");
        }
        byte[] envelope = Arrays.copyOfRange(blob, HEAD_BYTES, blob.length);
        return payload == null
                ? RecordedEvent.withoutPayload(new Position(position), envelope)
                : new RecordedEvent(new Position(position), envelope, payload);
    }

    /** As {@link #open}, for a row whose payload was read: each event has one. */
    static RecordedEvent openWhole(long position, byte @Nullable [] blob, byte @Nullable [] payload) {
        RecordedEvent event = open(position, blob, payload);
        if (payload == null) {
            throw damaged(position, "the payload is missing");
        }
        return event;
    }

    static CorruptionException damaged(long position, String what) {
        return new CorruptionException(new Position(position), "event at position " + position + ": " + what);
    }

    private static int number(byte[] blob, int at) {
        return (int) INTS.get(blob, at);
    }

    private static int sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    private static int envelopeSum(long position, byte[] blob) {
        CRC32C crc = new CRC32C();
        byte[] place = new byte[Long.BYTES];
        LONGS.set(place, 0, position);
        crc.update(place, 0, place.length);
        crc.update(blob, 0, ENVELOPE_SUM_AT);
        crc.update(blob, HEAD_BYTES, blob.length - HEAD_BYTES);
        return (int) crc.getValue();
    }
}
