package dev.foldlog.projections;

import dev.foldlog.core.expression.Compilation;
import dev.foldlog.core.expression.EventFold;
import dev.foldlog.core.expression.EventKeys;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.expression.ExpressionEngine;
import dev.foldlog.core.projection.EventProjector;
import dev.foldlog.core.projection.ProjectionLogic;
import dev.foldlog.core.projection.ProjectionPlugin;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes logic that runs of logic that is defined: expressions through the engine, plugins by name. Thread-safe. */
public final class Projectors {
    private final ExpressionEngine expressions;
    private final Map<String, ProjectionPlugin> plugins;

    /**
     * With these plugins.
     *
     * @throws IllegalArgumentException when two plugins have one name
     */
    public Projectors(ExpressionEngine expressions, Collection<ProjectionPlugin> plugins) {
        this.expressions = expressions;
        this.plugins = plugins.stream()
                .collect(Collectors.toUnmodifiableMap(ProjectionPlugin::name, Function.identity(), (one, other) -> {
                    throw new IllegalArgumentException("plugins: two are called " + one.name() + " ("
                            + one.getClass().getName() + ", " + other.getClass().getName()
                            + "; expected: a name of its own for each)");
                }));
    }

    /**
     * The logic, held to its contract.
     *
     * @throws UnusableDefinitionException when it cannot be run
     */
    GuardedProjector of(ProjectionLogic logic) {
        return new GuardedProjector(
                switch (logic) {
                    case ProjectionLogic.Expressions sources -> compiled(sources);
                    case ProjectionLogic.Plugin plugin -> opened(plugin);
                });
    }

    /** As {@link #of}; logic that cannot be run fails on every event instead, with the reason. */
    GuardedProjector orFailing(ProjectionLogic logic) {
        try {
            return of(logic);
        } catch (UnusableDefinitionException e) {
            return new GuardedProjector(new Failing(e.field() + ": " + e.getMessage()));
        }
    }

    private EventProjector compiled(ProjectionLogic.Expressions sources) {
        EventPredicate applies = sources.applies().isEmpty()
                ? _ -> true
                : program("cel.applies", expressions.predicate(sources.applies()));
        EventKeys keys = sources.key().isEmpty()
                ? event -> List.of(event.envelope().facts().partitionKey())
                : program("cel.key", expressions.keys(sources.key()));
        EventFold fold = program("cel.apply", expressions.fold(sources.apply()));
        return new Programs(applies, keys, fold);
    }

    private static <T> T program(String field, Compilation<T> compilation) {
        return switch (compilation) {
            case Compilation.Compiled<T> compiled -> compiled.program();
            case Compilation.Refused<T> refused ->
                throw new UnusableDefinitionException(
                        field, refused.errors().getFirst().message(), refused.errors());
        };
    }

    private EventProjector opened(ProjectionLogic.Plugin named) {
        ProjectionPlugin plugin = plugins.get(named.name());
        if (plugin == null) {
            throw new UnusableDefinitionException(
                    "plugin.name",
                    named.name() + " (expected: one of "
                            + plugins.keySet().stream().sorted().toList() + ')',
                    List.of());
        }
        try {
            return new Canonical(plugin.open(named.settings()));
        } catch (Throwable e) { // of foreign code an Error too: a class it needs may not be there
            GuardedProjector.rethrowIfFatal(e);
            throw new UnusableDefinitionException("plugin.settings", String.valueOf(e.getMessage()), List.of());
        }
    }

    /** Compiled expressions. */
    private record Programs(EventPredicate predicate, EventKeys keysOf, EventFold fold) implements EventProjector {
        @Override
        public boolean applies(EventView event) {
            return predicate.test(event);
        }

        @Override
        public List<String> keys(EventView event) {
            return keysOf.of(event);
        }

        @Override
        public @Nullable String apply(EventView event, String state) {
            return fold.apply(event, state);
        }
    }

    /** A plugin's logic, whose states are brought into the one form. */
    private record Canonical(EventProjector plugin) implements EventProjector {
        @Override
        public boolean applies(EventView event) {
            return plugin.applies(event);
        }

        @Override
        public List<String> keys(EventView event) {
            return plugin.keys(event);
        }

        @Override
        public @Nullable String apply(EventView event, String state) {
            String next = plugin.apply(event, state);
            return next == null ? null : CanonicalState.of(next);
        }
    }

    /** Logic that is not there. */
    private record Failing(String message) implements EventProjector {
        @Override
        public boolean applies(EventView event) {
            throw new IllegalStateException(message);
        }

        @Override
        public List<String> keys(EventView event) {
            throw new IllegalStateException(message);
        }

        @Override
        public String apply(EventView event, String state) {
            throw new IllegalStateException(message);
        }
    }
}
