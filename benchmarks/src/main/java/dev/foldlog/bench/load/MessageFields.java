package dev.foldlog.bench.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Looks into encoded messages without building them. */
public final class MessageFields {
    private MessageFields() {}

    /** How often a field occurs. */
    public static long count(byte[] message, int field) {
        long count = 0;
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == field) {
                    count++;
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    /** The number in a varint field, or what is given when it is not there. */
    public static long number(byte[] message, int field, long otherwise) {
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (field << 3 | WireFormat.WIRETYPE_VARINT)) {
                    return in.readInt64();
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return otherwise;
    }
}
