package dev.foldlog.server.grpc.stream;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.util.ArrayList;
import java.util.List;

/** The few pieces of the protobuf encoding that stand between stored bytes in a message. */
final class Wire {
    /** Tag and length that stand before an embedded message of field number 1 to 15. */
    private static final int TAG_BYTES = 1;

    private static final int FIELD_SHIFT = 3;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MAX = 0x7f;
    private static final int VARINT_MORE = 0x80;

    private Wire() {}

    /** Bytes that an embedded message of so many bytes takes. */
    static long embeddedSize(int length) {
        return TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(length) + (long) length;
    }

    /** Tag and length of an embedded message of field number 1 to 15. */
    static byte[] head(int field, int length) {
        byte[] head = new byte[TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(length)];
        head[0] = (byte) ((field << FIELD_SHIFT) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int at = TAG_BYTES;
        int rest = length;
        for (; rest > VARINT_MAX; rest >>>= VARINT_BITS) {
            head[at++] = (byte) ((rest & VARINT_MAX) | VARINT_MORE);
        }
        head[at] = (byte) rest;
        return head;
    }

    /** The embedded messages of a repeated field, each with its head before it. */
    static List<byte[]> repeated(int field, List<byte[]> messages) {
        List<byte[]> parts = new ArrayList<>(2 * messages.size() + 2);
        for (byte[] message : messages) {
            parts.add(head(field, message.length));
            parts.add(message);
        }
        return parts;
    }
}
