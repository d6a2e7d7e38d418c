package dev.foldlog.server.grpc.error;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * Details of an error cut to what may travel in trailers. Lists are cut from the end, a detail of which
 * nothing is left is dropped; counts of what there was stand in the ErrorInfo or beside the list.
 */
final class FittedDetails {
    /** Bytes of the encoded google.rpc.Status at most. */
    static final int BYTES_MAX = 4_096;

    private FittedDetails() {}

    /** Adds the details, in order, as far as they fit. */
    static void addAll(com.google.rpc.Status.Builder status, List<Message> details) {
        for (Message detail : details) {
            fitted(detail, BYTES_MAX - status.build().getSerializedSize())
                    .ifPresent(it -> status.addDetails(Any.pack(it)));
        }
    }

    private static Optional<Message> fitted(Message detail, int bytesMax) {
        if (packedBytes(detail) <= bytesMax) {
            return Optional.of(detail);
        }
        return list(detail).flatMap(list -> cut(detail, list, bytesMax));
    }

    private static Optional<Message> cut(Message detail, FieldDescriptor list, int bytesMax) {
        Message.Builder cut = detail.toBuilder().clearField(list);
        int elements = detail.getRepeatedFieldCount(list);
        for (int i = 0; i < elements; i++) {
            Message shorter = cut.build();
            cut.addRepeatedField(list, detail.getRepeatedField(list, i));
            if (packedBytes(cut.build()) > bytesMax) {
                return i == 0 ? Optional.empty() : Optional.of(shorter);
            }
        }
        return Optional.of(cut.build());
    }

    private static Optional<FieldDescriptor> list(Message detail) {
        return detail.getDescriptorForType().getFields().stream()
                .filter(FieldDescriptor::isRepeated)
                .findFirst();
    }

    /** Bytes that the detail takes in a Status: type URL, value, and the tags and lengths around them. */
    private static int packedBytes(Message detail) {
        return com.google.rpc.Status.newBuilder()
                .addDetails(Any.pack(detail))
                .build()
                .getSerializedSize();
    }
}
