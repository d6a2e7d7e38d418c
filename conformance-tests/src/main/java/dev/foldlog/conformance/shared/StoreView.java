package dev.foldlog.conformance.shared;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * What one test sees of a store that others have used: positions count from the head that it found, and its keys
 * of partitions, ids of artifacts and names of checkpoints carry a prefix on the wire which the test does not
 * see. Both ways are one to one, so nothing that a server does wrong is put right. Position 0, which means none
 * or the beginning, stays 0 unless the call says otherwise. Immutable.
 *
 * @param origin the head before the test's first append
 * @param prefix what the names of this view begin with on the wire
 */
record StoreView(long origin, String prefix) {
    /** Short, because it counts against the limits of names. */
    private static final int PREFIX_CHARS = 7;

    private static final String API = "foldlog.v1";
    private static final Set<String> NAMES =
            Set.of("partition_key", "partition_keys", "artifact_id", "artifact_ids", "name", "checkpoint", "prefix");

    /** A view of what comes after this head, under names that nobody has used. */
    static StoreView after(long head) {
        return new StoreView(head, UUID.randomUUID().toString().replace("-", "").substring(0, PREFIX_CHARS));
    }

    /** Whether a name on the wire is one of this view. */
    boolean isOwn(String name) {
        return name.startsWith(prefix);
    }

    /** The position on the wire. */
    long wirePosition(long seen) {
        return seen <= 0 || seen > Long.MAX_VALUE - origin ? seen : seen + origin;
    }

    /** The position as the test sees it: 0 for what is before the view. */
    long seenPosition(long wire) {
        return wire <= origin ? Math.min(wire, 0) : wire - origin;
    }

    /** The name on the wire; no name stays none. */
    String wireName(String seen) {
        return seen.isEmpty() ? seen : prefix + seen;
    }

    /** The name as the test sees it. */
    String seenName(String wire) {
        return isOwn(wire) ? wire.substring(prefix.length()) : wire;
    }

    /** A message as it goes to the server. */
    @SuppressWarnings("unchecked") // a message is rebuilt as one of its own type
    <M extends Message> M toWire(M message) {
        return (M) rewritten(message, this::wirePosition, this::wireName);
    }

    /** A message of the server as the test sees it. */
    @SuppressWarnings("unchecked") // a message is rebuilt as one of its own type
    <M extends Message> M toSeen(M message) {
        return (M) rewritten(message, this::seenPosition, this::seenName);
    }

    private static Message rewritten(Message message, LongUnaryOperator position, UnaryOperator<String> name) {
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor key = field.getKey();
            if (isPosition(key)) {
                builder.setField(key, position.applyAsLong((Long) field.getValue()));
            } else if (key.getJavaType() == JavaType.STRING && NAMES.contains(key.getName())) {
                setAll(builder, key, it -> name.apply((String) it));
            } else if (isOfApi(key)) {
                setAll(builder, key, it -> rewritten((Message) it, position, name));
            }
        }
        return builder.build();
    }

    private static void setAll(Message.Builder builder, FieldDescriptor field, UnaryOperator<Object> change) {
        if (!field.isRepeated()) {
            builder.setField(field, change.apply(builder.getField(field)));
            return;
        }
        List<?> values = (List<?>) builder.getField(field);
        builder.setField(
                field, Collections.unmodifiableList(values.stream().map(change).toList()));
    }

    private static boolean isPosition(FieldDescriptor field) {
        return field.getJavaType() == JavaType.LONG && field.getName().endsWith("position");
    }

    /** Not of the map of metadata, nor of payloads, which are the test's own. */
    private static boolean isOfApi(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && !field.isMapField()
                && field.getMessageType().getFile().getPackage().equals(API)
                && !field.getMessageType().getName().equals("Payload");
    }
}
