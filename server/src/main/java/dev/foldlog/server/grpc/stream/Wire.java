package dev.foldlog.server.grpc.stream;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The few pieces of the protobuf encoding that stand between stored bytes in a message. */
final class Wire {
    /** Tag and length that stand before an embedded message of field number 1 to 15. */
    private static final int TAG_BYTES = 1;

    private Wire() {}

    /** Bytes that an embedded message of so many bytes takes. */
    static long embeddedSize(int length) {
        return TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(length) + (long) length;
    }

    /** Tag and length of an embedded message. */
    static byte[] head(int field, int length) {
        byte[] head =
                new byte[CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(head);
        try {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
