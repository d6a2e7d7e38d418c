package dev.foldlog.server.grpc.codec;

import com.google.protobuf.WireFormat;
import dev.foldlog.v1.RecordedEvent;

/** Tags of the fields that are read or written by hand. */
final class WireTags {
    static final int EVENT_ID = text(RecordedEvent.EVENT_ID_FIELD_NUMBER);
    static final int ACTION = text(RecordedEvent.ACTION_FIELD_NUMBER);
    static final int PRODUCER = text(RecordedEvent.PRODUCER_FIELD_NUMBER);
    static final int ARTIFACT_ID = text(RecordedEvent.ARTIFACT_ID_FIELD_NUMBER);
    static final int ARTIFACT_TYPE = text(RecordedEvent.ARTIFACT_TYPE_FIELD_NUMBER);
    static final int THREAD_ID = text(RecordedEvent.THREAD_ID_FIELD_NUMBER);
    static final int EVENT_VERSION = number(RecordedEvent.EVENT_VERSION_FIELD_NUMBER);
    static final int PARTITION_KEY = text(RecordedEvent.PARTITION_KEY_FIELD_NUMBER);
    static final int TIMESTAMP = text(RecordedEvent.TIMESTAMP_FIELD_NUMBER);
    static final int PAYLOAD = text(RecordedEvent.PAYLOAD_FIELD_NUMBER);
    static final int METADATA = text(RecordedEvent.METADATA_FIELD_NUMBER);
    static final int POSITION = number(RecordedEvent.POSITION_FIELD_NUMBER);
    static final int SEQUENCE = number(RecordedEvent.SEQUENCE_FIELD_NUMBER);
    static final int RECORDED_AT = text(RecordedEvent.RECORDED_AT_FIELD_NUMBER);
    static final int TRANSACTION_POSITION = number(RecordedEvent.TRANSACTION_POSITION_FIELD_NUMBER);
    static final int TAGS = text(RecordedEvent.TAGS_FIELD_NUMBER);

    /** Fields of an entry of a map. */
    static final int ENTRY_KEY = text(1);

    static final int ENTRY_VALUE = text(2);

    private WireTags() {}

    static int tag(int field, int wireType) {
        return (field << 3) | wireType;
    }

    private static int text(int field) {
        return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private static int number(int field) {
        return tag(field, WireFormat.WIRETYPE_VARINT);
    }
}
