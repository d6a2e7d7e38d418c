package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What a projection does with an event, as it is defined. */
public sealed interface ProjectionLogic {
    /**
     * Expressions of the server's language.
     *
     * @param applies whether an event counts; empty: it does
     * @param key its key or keys; empty: its partition key
     * @param apply the next state
     */
    record Expressions(String applies, String key, String apply) implements ProjectionLogic {
        public Expressions {
            requireNonNull(applies, "applies");
            requireNonNull(key, "key");
            if (apply.isEmpty()) {
                throw new IllegalArgumentException("apply: empty (expected: an expression)");
            }
        }
    }

    /** A {@link ProjectionPlugin}, by its name, with settings that it understands. */
    record Plugin(String name, Map<String, String> settings) implements ProjectionLogic {
        public Plugin {
            settings = Map.copyOf(settings);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name: empty (expected: a plugin's name)");
            }
        }
    }
}
