package dev.foldlog.cli.client;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How events are to be appended.
 *
 * @param requestId the request's id, empty: a new one
 * @param isValidateOnly check everything, store nothing
 */
public record AppendOrder(
        List<Condition> conditions, List<CheckpointMove> checkpoints, String requestId, boolean isValidateOnly) {
    public AppendOrder {
        conditions = List.copyOf(conditions);
        checkpoints = List.copyOf(checkpoints);
    }

    /** A checkpoint to move with the append, from one position to another. */
    public record CheckpointMove(String name, long from, long to) {
        /** Reads {@code NAME=FROM..TO}. */
        public static CheckpointMove parse(String text) {
            Matcher matcher =
                    Pattern.compile("(.+)=(\\d{1,18})\\.\\.(\\d{1,18})").matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(text + " (expected: NAME=FROM..TO, for example scorer=120..180)");
            }
            return new CheckpointMove(
                    matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        }
    }
}
