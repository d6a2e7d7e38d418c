package dev.foldlog.server.grpc.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stored envelope being decoded. Fields that it does not know are passed over. */
final class EnvelopeReading {
    private String eventId = "";
    private String partitionKey = "";
    private String action = "";
    private String producer = "";
    private String artifactId = "";
    private String artifactType = "";
    private String threadId = "";
    private int eventVersion;
    private final List<String> tags = new ArrayList<>(0);
    private final Map<String, String> metadata = new HashMap<>(0);
    private @Nullable Instant timestamp;
    private @Nullable Instant recordedAt;
    private long position;
    private long sequence;
    private long transactionPosition;

    private EnvelopeReading() {}

    static Envelope read(byte[] envelope) {
        EnvelopeReading reading = new EnvelopeReading();
        try {
            CodedInputStream in = CodedInputStream.newInstance(envelope);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                reading.field(tag, in);
            }
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("envelope: not an encoded event", e);
        }
        return reading.envelope();
    }

    private void field(int tag, CodedInputStream in) throws IOException {
        if (tag == WireTags.EVENT_ID) {
            eventId = in.readStringRequireUtf8();
        } else if (tag == WireTags.ACTION) {
            action = in.readStringRequireUtf8();
        } else if (tag == WireTags.PRODUCER) {
            producer = in.readStringRequireUtf8();
        } else if (tag == WireTags.ARTIFACT_ID) {
            artifactId = in.readStringRequireUtf8();
        } else if (tag == WireTags.ARTIFACT_TYPE) {
            artifactType = in.readStringRequireUtf8();
        } else if (tag == WireTags.THREAD_ID) {
            threadId = in.readStringRequireUtf8();
        } else if (tag == WireTags.EVENT_VERSION) {
            eventVersion = in.readInt32();
        } else if (tag == WireTags.PARTITION_KEY) {
            partitionKey = in.readStringRequireUtf8();
        } else if (tag == WireTags.TAGS) {
            tags.add(in.readStringRequireUtf8());
        } else if (tag == WireTags.METADATA) {
            entry(in);
        } else {
            placeOrTime(tag, in);
        }
    }

    private void placeOrTime(int tag, CodedInputStream in) throws IOException {
        if (tag == WireTags.TIMESTAMP) {
            timestamp = time(in);
        } else if (tag == WireTags.RECORDED_AT) {
            recordedAt = time(in);
        } else if (tag == WireTags.POSITION) {
            position = in.readInt64();
        } else if (tag == WireTags.SEQUENCE) {
            sequence = in.readInt64();
        } else if (tag == WireTags.TRANSACTION_POSITION) {
            transactionPosition = in.readInt64();
        } else {
            in.skipField(tag);
        }
    }

    private void entry(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WireTags.ENTRY_KEY) {
                key = in.readStringRequireUtf8();
            } else if (tag == WireTags.ENTRY_VALUE) {
                value = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
        metadata.put(key, value);
    }

    private static Instant time(CodedInputStream in) throws IOException {
        return ProtoTimes.instant(in.readMessage(Timestamp.parser(), ExtensionRegistryLite.getEmptyRegistry()));
    }

    private Envelope envelope() {
        Instant time = timestamp;
        Instant recorded = recordedAt;
        if (time == null || recorded == null || position < 1 || sequence < 1 || transactionPosition < 1) {
            throw new IllegalArgumentException("envelope: incomplete (expected: a sealed one)");
        }
        EventFacts facts = new EventFacts(
                new EventId(eventId),
                partitionKey,
                action,
                producer,
                artifactId,
                artifactType,
                threadId,
                eventVersion,
                tags);
        return new Envelope(
                facts,
                time,
                metadata,
                new Stamp(new Position(position), new Sequence(sequence), recorded, new Position(transactionPosition)));
    }
}
