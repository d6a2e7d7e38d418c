package dev.foldlog.server.grpc.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;

/** Walks over the fields of an encoded message without decoding them. */
final class EnvelopeFields {
    private EnvelopeFields() {}

    /** Whether a message whose fields ascend has this one. */
    static boolean contains(byte[] ascending, int field) {
        CodedInputStream in = CodedInputStream.newInstance(ascending);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int number = WireFormat.getTagFieldNumber(tag);
                if (number >= field) {
                    return number == field;
                }
                in.skipField(tag);
            }
            return false;
        } catch (IOException e) {
            throw new IllegalArgumentException("envelope: not an encoded message", e);
        }
    }

    /** The message without this field. */
    static byte[] without(byte[] message, int field) {
        CodedInputStream in = CodedInputStream.newInstance(message);
        byte[] kept = new byte[message.length];
        int size = 0;
        try {
            int start = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                in.skipField(tag);
                int end = in.getTotalBytesRead();
                if (WireFormat.getTagFieldNumber(tag) != field) {
                    System.arraycopy(message, start, kept, size, end - start);
                    size += end - start;
                }
                start = end;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("envelope: not an encoded message", e);
        }
        return size == message.length ? message : Arrays.copyOf(kept, size);
    }
}
