package dev.foldlog.projections;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.AppendParticipant;
import dev.foldlog.core.projection.ApplyRefusal;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folds that take part in appends: those of sync projections, and shadows of them whose build is nearly done.
 * What is known between transactions is trusted only as long as each of them was committed; after one that was not,
 * everything is read anew. Confined to the thread of the store's transactions.
 */
final class JoinedFolds implements AppendParticipant {
    private final Projectors projectors;
    private final EventCodec codec;
    private final RecordCodec records;
    private final InstantSource clock;
    private @Nullable List<JoinedFold> folds;
    private boolean isCommitted;

    JoinedFolds(Projectors projectors, EventCodec codec, RecordCodec records, InstantSource clock) {
        this.projectors = projectors;
        this.codec = codec;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public Participation begin(ProjectionTables tables) {
        if (!isCommitted) {
            folds = null;
        }
        isCommitted = false;
        return new Part(tables);
    }

    /** A change of the open transaction made or ended folds: they are read again. */
    void changed() {
        folds = null;
    }

    private List<JoinedFold> folds(ProjectionTables tables) {
        List<JoinedFold> known = folds;
        if (known == null) {
            known = tables.projections().stream().flatMap(this::joined).toList();
            folds = known;
        }
        return known;
    }

    private Stream<JoinedFold> joined(StoredProjection projection) {
        return Stream.of(
                        Optional.ofNullable(projection.serving()).map(it -> joined(projection, it, false)),
                        Optional.ofNullable(projection.shadow()).map(it -> joined(projection, it, true)))
                .flatMap(Optional::stream)
                .filter(it -> it.fold().isJoined());
    }

    private JoinedFold joined(StoredProjection projection, StoredFold fold, boolean isShadow) {
        FoldDefinition definition = records.definition(fold.definition());
        GuardedProjector projector =
                projectors.orFailing(definition.definition().logic());
        return new JoinedFold(projection.name(), fold, definition, projector, isShadow);
    }

    /** One transaction's part. */
    private final class Part implements Participation {
        private final ProjectionTables tables;

        Part(ProjectionTables tables) {
            this.tables = tables;
        }

        @Override
        public boolean isIdle() {
            return folds(tables).isEmpty();
        }

        @Override
        public @Nullable ApplyRefusal take(List<RecordedEvent> events) {
            List<EventView> views =
                    events.stream().map(it -> EventView.of(it, codec)).toList();
            List<Taking> takings = new ArrayList<>();
            for (JoinedFold fold : folds(tables)) {
                Taking taking = new Taking(fold, tables);
                taking.apply(views);
                if (taking.failedAt >= 0 && !fold.isShadow()) {
                    return new ApplyRefusal(fold.projection(), taking.failedAt, taking.message);
                }
                takings.add(taking);
            }
            takings.forEach(it -> it.finish(views));
            return null;
        }

        @Override
        public void flush() {
            List<JoinedFold> known = folds;
            if (known == null) {
                return;
            }
            known.forEach(it -> it.flush(tables));
            List<JoinedFold> failed =
                    known.stream().filter(it -> it.failure() != null).toList();
            if (!failed.isEmpty()) {
                failed.forEach(this::dropShadow);
                changed();
            }
        }

        @Override
        public void committed() {
            isCommitted = true;
        }

        /** A shadow that fails fails its build, never an append. */
        private void dropShadow(JoinedFold fold) {
            FoldFailure failure = fold.failure();
            StoredProjection stored = tables.projection(fold.projection()).orElse(null);
            if (stored == null || failure == null) {
                return;
            }
            Life life = records.life(stored.life());
            Build build = life.build();
            Life after = life.with(build == null ? null : build.failed(failure), clock.instant());
            StoredFold serving = stored.serving();
            tables.put(stored.name(), records.encode(after), serving == null ? 0 : serving.generation(), 0);
        }
    }

    /** What one append's events do to one fold. */
    private final class Taking {
        private final JoinedFold fold;
        private final FoldBatch batch;
        private int failedAt = -1;
        private String message = "";

        Taking(JoinedFold fold, ProjectionTables tables) {
            this.fold = fold;
            this.batch = fold.batch(tables);
        }

        void apply(List<EventView> events) {
            for (int i = 0; i < events.size() && failedAt < 0; i++) {
                try {
                    fold.apply(events.get(i), batch);
                } catch (ApplyException e) {
                    failedAt = i;
                    message = String.valueOf(e.getMessage());
                }
            }
        }

        /** The append is stored: what its events did counts. */
        void finish(List<EventView> events) {
            if (failedAt < 0) {
                fold.take(batch);
            } else {
                fold.fail(new FoldFailure(
                        events.get(failedAt).envelope().stamp().position(),
                        events.get(failedAt).envelope().facts().eventId().text(),
                        message,
                        clock.instant()));
            }
        }
    }
}
