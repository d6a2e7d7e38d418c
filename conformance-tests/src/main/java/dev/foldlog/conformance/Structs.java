package dev.foldlog.conformance;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** Payloads as Structs. */
final class Structs {
    private Structs() {}

    /** The Struct of {@code {"s":"ü","n":1.5,"i":7,"t":true,"z":null,"a":[1,{"b":[]}]}}. */
    static Struct example() {
        Value inner = Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields(
                                "b",
                                Value.newBuilder()
                                        .setListValue(ListValue.getDefaultInstance())
                                        .build()))
                .build();
        return Struct.newBuilder()
                .putFields("s", Value.newBuilder().setStringValue("ü").build())
                .putFields("n", number(1.5))
                .putFields("i", number(7))
                .putFields("t", Value.newBuilder().setBoolValue(true).build())
                .putFields(
                        "z",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                .putFields(
                        "a",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(number(1))
                                        .addValues(inner))
                                .build())
                .build();
    }

    static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    /** Whether every number in it can be written as JSON. */
    static boolean hasOnlyNumbersOfJson(Struct struct) {
        return struct.getFieldsMap().values().stream().allMatch(Structs::hasOnlyNumbersOfJson);
    }

    private static boolean hasOnlyNumbersOfJson(Value value) {
        return Double.isFinite(value.getNumberValue())
                && hasOnlyNumbersOfJson(value.getStructValue())
                && value.getListValue().getValuesList().stream().allMatch(Structs::hasOnlyNumbersOfJson);
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
