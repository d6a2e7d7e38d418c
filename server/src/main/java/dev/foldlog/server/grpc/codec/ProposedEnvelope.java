package dev.foldlog.server.grpc.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.foldlog.core.event.CodePointOrder;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The envelope as a client proposes it: its fields of a RecordedEvent but for the payload, in ascending
 * order, each only if given, metadata sorted by key. Part of the format on disk: a repeat is known by
 * these bytes, so they may never change for the same event.
 */
public final class ProposedEnvelope {
    private static final int BUFFER_BYTES = 512;

    private ProposedEnvelope() {}

    /**
     * Encodes the event.
     *
     * @param facts the event's facts, with the id made for it if it had none
     */
    public static byte[] encode(NewEvent event, EventFacts facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);
            write(event, facts, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(NewEvent event, EventFacts facts, CodedOutputStream out) throws IOException {
        writeText(RecordedEvent.EVENT_ID_FIELD_NUMBER, facts.eventId().text(), out);
        writeText(RecordedEvent.ACTION_FIELD_NUMBER, event.getAction(), out);
        writeText(RecordedEvent.PRODUCER_FIELD_NUMBER, event.getProducer(), out);
        writeText(RecordedEvent.ARTIFACT_ID_FIELD_NUMBER, event.getArtifactId(), out);
        writeText(RecordedEvent.ARTIFACT_TYPE_FIELD_NUMBER, event.getArtifactType(), out);
        writeText(RecordedEvent.THREAD_ID_FIELD_NUMBER, event.getThreadId(), out);
        out.writeInt32(RecordedEvent.EVENT_VERSION_FIELD_NUMBER, facts.eventVersion());
        writeText(RecordedEvent.PARTITION_KEY_FIELD_NUMBER, event.getPartitionKey(), out);
        if (event.hasTimestamp()) {
            out.writeMessage(
                    RecordedEvent.TIMESTAMP_FIELD_NUMBER,
                    ProtoTimes.timestamp(ProtoTimes.instant(event.getTimestamp())));
        }
        writeMetadata(event.getMetadataMap(), out);
        out.writeInt32(RecordedEvent.STORED_EVENT_VERSION_FIELD_NUMBER, facts.eventVersion());
        for (String tag : facts.tags()) {
            out.writeString(RecordedEvent.TAGS_FIELD_NUMBER, tag);
        }
    }

    private static void writeText(int field, String text, CodedOutputStream out) throws IOException {
        if (!text.isEmpty()) {
            out.writeString(field, text);
        }
    }

    private static void writeMetadata(Map<String, String> metadata, CodedOutputStream out) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        Map<String, String> sorted = new TreeMap<>(CodePointOrder.INSTANCE);
        sorted.putAll(metadata);
        for (Map.Entry<String, String> entry : sorted.entrySet()) {
            out.writeTag(RecordedEvent.METADATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(CodedOutputStream.computeStringSize(1, entry.getKey())
                    + CodedOutputStream.computeStringSize(2, entry.getValue()));
            out.writeString(1, entry.getKey());
            out.writeString(2, entry.getValue());
        }
    }
}
