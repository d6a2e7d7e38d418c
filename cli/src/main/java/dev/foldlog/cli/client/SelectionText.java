package dev.foldlog.cli.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A selection in one word, {@code tag=user:u7,action=approve}: each name may stand more than once; values
 * hold no commas.
 */
public final class SelectionText {
    private static final List<String> NAMES =
            List.of("partition", "action", "type", "artifact", "thread", "producer", "tag");

    private SelectionText() {}

    public static Selection parse(String text) {
        return parse(Arrays.asList(text.split(",", -1)), text);
    }

    static Selection parse(List<String> terms, String text) {
        Map<String, List<String>> values = new TreeMap<>();
        for (String term : terms) {
            int equals = term.indexOf('=');
            if (equals < 1 || equals + 1 == term.length() || !NAMES.contains(term.substring(0, equals))) {
                throw new IllegalArgumentException(
                        text + " (expected: NAME=VALUE,… with NAME one of " + String.join(", ", NAMES) + ')');
            }
            values.computeIfAbsent(term.substring(0, equals), name -> new ArrayList<>())
                    .add(term.substring(equals + 1));
        }
        return new Selection(
                values.getOrDefault("partition", List.of()),
                values.getOrDefault("action", List.of()),
                values.getOrDefault("type", List.of()),
                values.getOrDefault("artifact", List.of()),
                values.getOrDefault("thread", List.of()),
                values.getOrDefault("producer", List.of()),
                values.getOrDefault("tag", List.of()),
                null,
                null,
                List.of(),
                "");
    }
}
