package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.projection.ProjectionDefinition;

/** A definition with its number among those that its projection had, from 1. */
public record FoldDefinition(ProjectionDefinition definition, long revision) {
    public FoldDefinition {
        requireNonNull(definition, "definition");
        if (revision < 1) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 1)");
        }
    }
}
