package dev.foldlog.projections.bus;

import java.util.List;

/** Which topics: parts between slashes, of which {@code *} stands for any one, and {@code **} at the end for any rest. */
public record TopicPattern(String text) {
    private static final String ONE = "*";
    private static final String REST = "**";

    public TopicPattern {
        List<String> parts = parts(text);
        for (int i = 0; i < parts.size(); i++) {
            boolean isWild = parts.get(i).contains(ONE);
            boolean isWhole = parts.get(i).equals(ONE) || (parts.get(i).equals(REST) && i == parts.size() - 1);
            if (parts.get(i).isEmpty() || (isWild && !isWhole)) {
                throw new IllegalArgumentException(
                        "pattern: " + text + " (expected: parts between slashes, * for one, ** for the rest)");
            }
        }
    }

    boolean matches(String topic) {
        List<String> wanted = parts(text);
        List<String> actual = parts(topic);
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equals(REST)) {
                return actual.size() > i;
            }
            if (i >= actual.size()
                    || !(wanted.get(i).equals(ONE) || wanted.get(i).equals(actual.get(i)))) {
                return false;
            }
        }
        return wanted.size() == actual.size();
    }

    private static List<String> parts(String text) {
        return List.of(text.split("/", -1));
    }
}
