package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import dev.foldlog.core.store.Durability;
import java.nio.file.Path;
import java.time.Duration;

/** Appends through the store's own port, each turn into a new, empty store, a fixed number of events. */
final class AppendInProcess implements Contestant {
    private final Ground ground;
    private final Work work;

    /**
     * What is appended.
     *
     * @param each events of one append
     * @param total events of a turn
     */
    record Work(Shape shape, Durability durability, int callers, int each, int total) {}

    AppendInProcess(Ground ground, Work work) {
        this.ground = ground;
        this.work = work;
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Path folder = ground.folder("in-process");
        try (OpenStore open = OpenStore.open(folder, work.durability)) {
            Meter meter = Meter.begin(Meter::self);
            LoadResult result = ClosedLoop.count(
                    open.appends(work.shape, work.callers, work.each), work.callers, work.total / work.each);
            Sample sample = meter.end(result)
                    .with(Metric.events_per_commit, (double) result.events() / open.commits())
                    .build();
            open.requireEvents(result.events());
            return sample;
        } finally {
            Ground.remove(folder);
        }
    }

    @Override
    public void close() {}
}
