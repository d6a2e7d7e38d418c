package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.projections.bus.BusOptions;
import dev.foldlog.projections.bus.EventBus;
import dev.foldlog.projections.bus.InProcessBus;
import dev.foldlog.projections.bus.TopicPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The projections of one store: what is asked of them, and what keeps them going. Changes answer when they are stored;
 * builds go on afterwards. Thread-safe. Whatever blocks on the store says so.
 */
public final class ProjectionEngine implements AutoCloseable {
    private static final int SWEPT_STATES = 2_000;
    private static final Duration WAIT_MAX = Duration.ofDays(1);

    private final EngineParts parts;
    private final ProjectionStore store;
    private final JoinedFolds joined;
    private final BuildSteps builds;
    private final ProjectionChanges changes;
    private final Waiters waiters;
    private final Map<String, FoldWorker> workers = new ConcurrentHashMap<>();
    private final AtomicBoolean isSweeping = new AtomicBoolean();
    private volatile boolean isClosed;
    private final EventBus bus;
    private EventStore.Registration commits = () -> {};

    public ProjectionEngine(EngineParts parts) {
        this.parts = parts;
        this.store = parts.store().projections();
        this.joined = new JoinedFolds(parts.projectors(), parts.codec(), parts.records(), parts.clock());
        this.builds = new BuildSteps(parts, joined, () -> isClosed, this::sweep);
        this.changes = new ProjectionChanges(parts, joined);
        this.bus = new InProcessBus(parts.threads());
        this.waiters = new Waiters(this::status, parts.threads(), parts.delays());
    }

    /** Takes part in appends, and goes on with whatever there was to do. Blocks on the store; before the first append. */
    public void start() {
        store.join(joined);
        bus.listen(
                new TopicPattern("log/head"),
                BusOptions.PLAIN,
                (_, _) -> workers.values().forEach(FoldWorker::wake));
        commits = parts.store()
                .onChange(() -> bus.publish("log/head", parts.store().head()));
        store.projections().forEach(it -> wake(it.name()));
        sweep();
    }

    /** Throws when a definition cannot be used, and else what it is; nothing is kept. Blocks on nothing. */
    public ProjectionDefinition check(ProjectionDefinition definition) {
        parts.projectors().of(definition.logic());
        return definition;
    }

    public CompletableFuture<ProjectionStatus> create(ProjectionDefinition definition) {
        return done(definition.name(), changes.create(check(definition)));
    }

    /** Replaces the definition, if it has the expected revision; 0: any. */
    public CompletableFuture<ProjectionStatus> update(ProjectionDefinition definition, long expectedRevision) {
        return done(definition.name(), changes.update(check(definition), expectedRevision));
    }

    public CompletableFuture<ProjectionStatus> rebuild(String name, boolean isValidateOnly) {
        return done(name, changes.rebuild(name, isValidateOnly));
    }

    public CompletableFuture<ProjectionStatus> pause(String name, boolean isPaused) {
        return done(name, changes.pause(name, isPaused));
    }

    /** Removes a projection and its states. */
    public CompletableFuture<Void> delete(String name) {
        return changes.delete(name)
                .thenRunAsync(
                        () -> {
                            waiters.look(name);
                            sweep();
                        },
                        parts.threads());
    }

    /** How a projection is. Blocks on the store. */
    public Optional<ProjectionStatus> status(String name) {
        return store.projection(name).map(this::status);
    }

    /** How all projections are, in name order. Blocks on the store. */
    public List<ProjectionStatus> statuses() {
        return store.projections().stream()
                .flatMap(it -> status(it.name()).stream())
                .toList();
    }

    public ProjectionStatus status(ProjectionView view) {
        return ProjectionStatus.of(
                view.projection(), parts.records().life(view.projection().life()), view.head());
    }

    /**
     * The status once the projection is as wanted; earlier when it does not move, or the time is over. Blocks on the
     * store for a look. Cancelling ends the waiting.
     */
    public CompletableFuture<ProjectionStatus> when(
            String name, Predicate<ProjectionStatus> isWanted, Duration timeout) {
        return waiters.when(name, isWanted, timeout.compareTo(WAIT_MAX) < 0 ? timeout : WAIT_MAX);
    }

    /** Where it tells what was committed, to whoever listens in this process. */
    public EventBus bus() {
        return bus;
    }

    /** Position of the newest event. */
    public Position head() {
        return parts.store().head();
    }

    public ProjectionStore states() {
        return store;
    }

    /** Runs a definition over events without keeping anything. Blocks on the store. */
    public TrialFold trial(ProjectionDefinition definition) {
        return new TrialFold(parts, definition);
    }

    /** Starts nothing new: what runs ends with its page. */
    @Override
    public void close() {
        isClosed = true;
        commits.close();
    }

    private CompletableFuture<ProjectionStatus> done(String name, CompletableFuture<Position> change) {
        // After a failure too: the change may have been stored though its answer was lost.
        return change.whenCompleteAsync((_, _) -> wake(name), parts.threads())
                .thenApplyAsync(
                        _ -> {
                            waiters.look(name);
                            return status(name).orElseThrow(() -> Waiters.unknown(name));
                        },
                        parts.threads());
    }

    private void wake(String name) {
        if (!isClosed) {
            workers.computeIfAbsent(name, it -> new FoldWorker(it, parts, builds, new Around()))
                    .wake();
        }
    }

    /** Removes the states of folds that nobody names any more, in pieces. */
    private void sweep() {
        if (!isClosed && isSweeping.compareAndSet(false, true)) {
            parts.threads().execute(this::sweepPiece);
        }
    }

    private void sweepPiece() {
        if (isClosed) {
            return;
        }
        var _ = store.change(tables -> tables.sweep(SWEPT_STATES))
                .whenCompleteAsync(
                        (isChanged, failure) -> {
                            if (failure == null && isChanged) {
                                sweepPiece();
                            } else {
                                isSweeping.set(false);
                            }
                        },
                        parts.threads());
    }

    /** The engine as a worker sees it. */
    private final class Around implements FoldWorker.Surroundings {
        @Override
        public boolean isClosed() {
            return isClosed;
        }

        @Override
        public void moved(String name) {
            bus.publish("projections/" + name, head());
            waiters.look(name);
        }

        @Override
        public void gone(String name, FoldWorker worker) {
            workers.remove(name, worker);
            if (!isClosed && store.projection(name).isPresent()) {
                wake(name); // made again meanwhile, and what woke it may have found the worker that leaves
            }
            waiters.look(name);
        }
    }
}
