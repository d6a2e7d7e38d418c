package dev.foldlog.projections;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.FailurePolicy;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.EventStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the states of every projection of a store with a fresh fold of the log, which it holds in memory. For a store
 * that nobody changes meanwhile. Confined to one thread.
 */
public final class ProjectionVerification {
    private static final PageLimit PAGE = new PageLimit(1_000, 4L << 20, true);
    private static final int STATES = 1_000;

    private final EventStore store;
    private final EventCodec codec;
    private final RecordCodec records;
    private final Projectors projectors;

    public ProjectionVerification(EventStore store, EventCodec codec, RecordCodec records, Projectors projectors) {
        this.store = store;
        this.codec = codec;
        this.records = records;
        this.projectors = projectors;
    }

    /** What was found of one projection. */
    public record Finding(String projection, boolean isEqual, String message) {}

    /** A finding for each projection that answers, in name order. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        store.projections()
                .projections()
                .forEach(it -> store.projections()
                        .projection(it.name())
                        .filter(view -> view.projection().serving() != null)
                        .ifPresent(view -> findings.add(finding(view))));
        return findings;
    }

    private Finding finding(ProjectionView view) {
        String name = view.projection().name();
        StoredFold serving = view.projection().serving();
        if (serving == null) {
            throw new IllegalStateException(name + " answers nothing");
        }
        Position through = serving.appliedThrough(view.head());
        ProjectionDefinition definition =
                records.definition(serving.definition()).definition();
        FoldBatch fresh;
        try {
            fresh = fold(definition, through);
        } catch (UnusableDefinitionException e) {
            return new Finding(name, false, "cannot be folded: " + e.field() + ": " + e.getMessage());
        }
        List<String> differing = differing(name, fresh);
        long keys = fresh.written().size();
        if (differing.isEmpty() && keys != serving.keyCount()) {
            return new Finding(name, false, "counts " + serving.keyCount() + " keys, a fresh fold has " + keys);
        }
        return differing.isEmpty()
                ? new Finding(name, true, keys + " states equal those of a fresh fold through " + through)
                : new Finding(
                        name,
                        false,
                        differing.size() + " states differ from a fresh fold through " + through + ", the first under "
                                + differing.getFirst());
    }

    private FoldBatch fold(ProjectionDefinition definition, Position through) {
        FoldBatch batch = new FoldBatch(projectors.of(definition.logic()), _ -> null);
        PageFold fold = new PageFold(batch, FailurePolicy.SKIP, InstantSource.fixed(java.time.Instant.EPOCH));
        if (through.isAfter(definition.startAfter())) {
            EventCursor cursor = store.readAll(
                    new LogRead(definition.filter(), Direction.FORWARD, definition.startAfter(), through));
            boolean isLast = false;
            while (!isLast) {
                EventPage page = cursor.next(PAGE);
                fold.fold(page, it -> EventView.of(it, codec));
                isLast = page.isLast();
            }
        }
        return batch;
    }

    /** Keys whose state is not that of the fresh fold. */
    private List<String> differing(String name, FoldBatch fresh) {
        List<String> differing = new ArrayList<>();
        Set<String> missing =
                new HashSet<>(fresh.written().stream().map(KeyState::key).toList());
        String after = "";
        List<KeyState> page;
        do {
            page = store.projections()
                    .states(name, "", after, STATES)
                    .map(ProjectionView::states)
                    .orElse(List.of());
            for (KeyState state : page) {
                missing.remove(state.key());
                if (!state.equals(fresh.state(state.key()))) {
                    differing.add(state.key());
                }
                after = state.key();
            }
        } while (page.size() == STATES);
        differing.addAll(missing);
        return differing;
    }
}
