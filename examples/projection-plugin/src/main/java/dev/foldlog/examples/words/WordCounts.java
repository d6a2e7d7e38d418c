package dev.foldlog.examples.words;

import dev.foldlog.core.projection.EventProjector;
import dev.foldlog.core.projection.ProjectionPlugin;
import java.util.Map;

/** Counts the words of one text of the payload, by artifact type. Setting: {@code field}, the text's name. */
public final class WordCounts implements ProjectionPlugin {
    @Override
    public String name() {
        return "word-counts";
    }

    @Override
    public EventProjector open(Map<String, String> settings) {
        String field = settings.get("field");
        if (field == null || settings.size() > 1) {
            throw new IllegalArgumentException("settings: " + settings.keySet() + " (expected: field)");
        }
        return new WordFold(field);
    }
}
