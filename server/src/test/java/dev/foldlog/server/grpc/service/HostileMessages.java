package dev.foldlog.server.grpc.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils messages, from a seed: single fields set to what nobody should send, and bytes changed. */
final class HostileMessages {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "a b",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\udc00\ud800",
            "😀",
            "$k",
            "../../etc/passwd",
            "'; DROP TABLE events; --",
            "%",
            "x".repeat(128),
            "x".repeat(129),
            "é".repeat(257),
            "€".repeat(5_000),
            "{",
            "{}",
            "[]",
            "{\"a\":1,\"a\":2}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":".repeat(101),
            "{\"a\":1e999}",
            "019b7700-1234-7abc-8def-0123456789ab",
            "00000000-0000-0000-0000-000000000000");
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 100, 1_000, 1_001, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] DOUBLES = {0, -0.0, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE};

    private final Random random;

    HostileMessages(Random random) {
        this.random = random;
    }

    /** The message with one to three fields, anywhere in it, spoilt, removed or repeated. */
    Message spoilt(Message message) {
        Message.Builder spoilt = message.toBuilder();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            spoil(spoilt, 0);
        }
        return spoilt.build();
    }

    /** The message with some of its bytes changed; the message itself when the bytes are none any more. */
    Message rewritten(Message message) {
        byte[] bytes = message.toByteArray();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
        try {
            return message.getParserForType().parseFrom(cut);
        } catch (InvalidProtocolBufferException e) {
            return message;
        }
    }

    private void spoil(Message.Builder message, int depth) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (random.nextInt(8) == 0) {
            message.clearField(field);
        } else if (field.isRepeated()) {
            spoilElement(message, field, depth);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            if (depth < 6) {
                message.setField(field, inner((Message) message.getField(field), depth));
            }
        } else {
            message.setField(field, value(field));
        }
    }

    private void spoilElement(Message.Builder message, FieldDescriptor field, int depth) {
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        int count = message.getRepeatedFieldCount(field);
        if (isMessage && !field.isMapField() && count > 0 && depth < 6 && random.nextInt(4) > 0) {
            int index = random.nextInt(count);
            message.setRepeatedField(field, index, inner((Message) message.getRepeatedField(field, index), depth));
        } else if (isMessage) {
            Message.Builder element = message.newBuilderForField(field);
            if (depth < 6) {
                spoil(element, depth + 1);
            }
            repeat(message, field, element.build());
        } else {
            repeat(message, field, value(field));
        }
    }

    private Message inner(Message message, int depth) {
        Message.Builder inner = message.toBuilder();
        spoil(inner, depth + 1);
        return inner.build();
    }

    private void repeat(Message.Builder message, FieldDescriptor field, Object value) {
        int times = random.nextInt(10) == 0 ? 1_100 : 1;
        for (int i = 0; i < times; i++) {
            message.addRepeatedField(field, value);
        }
    }

    private Object value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case LONG -> NUMBERS[random.nextInt(NUMBERS.length)];
            case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(2_000_000)]);
            case ENUM -> known(field.getEnumType());
            case MESSAGE -> throw new IllegalArgumentException("messages have no single value");
        };
    }

    private Object known(EnumDescriptor type) {
        return type.findValueByNumberCreatingIfUnknown((int) NUMBERS[random.nextInt(NUMBERS.length)]);
    }
}
