package dev.foldlog.server.grpc.validation;

import com.google.protobuf.ProtocolMessageEnum;
import dev.foldlog.core.event.Position;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.v1.ErrorReason;

/** Checks of numbers: positions, counts and enum values. */
public final class NumberChecks {
    private static final int PAGE_SIZE_STANDARD = 100;
    private static final int PAGE_SIZE_MAX = 1_000;

    private NumberChecks() {}

    /** Adds a violation when the number is negative, and gives 0 instead of it. */
    public static long notNegative(long value, FieldPath field, Violations violations) {
        if (value < 0) {
            violations.malformed(field, Long.toString(value), "0 or more");
            return 0;
        }
        return value;
    }

    /** Adds a violation when a newer client sent a value that this server does not know. */
    public static <E extends Enum<E> & ProtocolMessageEnum> void known(
            E value, int number, FieldPath field, Violations violations) {
        if (value.name().equals("UNRECOGNIZED")) {
            violations.malformed(field, Integer.toString(number), "a value that this server knows");
        }
    }

    /** The size of a page: 100 when none was asked for, at most 1000. */
    public static int pageSize(int asked, FieldPath field, Violations violations) {
        long size = notNegative(asked, field, violations);
        return size == 0 ? PAGE_SIZE_STANDARD : (int) Math.min(size, PAGE_SIZE_MAX);
    }

    /** Throws POSITION_AHEAD when the position is past the head. */
    public static void requireNotAhead(FieldPath field, Position position, Position head) {
        if (position.isAfter(head)) {
            throw ahead(field, position, head);
        }
    }

    /** The snapshot of a read: the head for 0. Throws POSITION_AHEAD when it is past the head. */
    public static Position asOf(FieldPath field, Position asked, Position head) {
        requireNotAhead(field, asked, head);
        return asked.equals(Position.NONE) ? head : asked;
    }

    /** The error of a position past the head. */
    public static ApiException ahead(FieldPath field, Position position, Position head) {
        return ApiException.of(
                ErrorReason.ERROR_REASON_POSITION_AHEAD,
                field + ": " + position + " (expected: at most the head, " + head + ')',
                "field",
                field,
                "position",
                position,
                "head_position",
                head);
    }
}
