package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import dev.foldlog.core.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Appends through the store's own port, each turn into a new, empty store, a fixed number of events. */
public final class AppendInProcess implements Contestant {
    private final Ground ground;
    private final Work work;
    private final AtomicInteger perCommit;

    /**
     * What is appended.
     *
     * @param each events of one append
     * @param total events of a turn at full scale
     */
    public record Work(Shape shape, Durability durability, int callers, int each, int total) {}

    private AppendInProcess(Ground ground, Work work, AtomicInteger perCommit) {
        this.ground = ground;
        this.work = work;
        this.perCommit = perCommit;
    }

    /**
     * The store as an entrant.
     *
     * @param perCommit told the events of a commit after each turn
     */
    public static Entrant entrant(Work work, AtomicInteger perCommit) {
        return new Entrant(Entrant.FOLDLOG, ground -> new AppendInProcess(ground, work, perCommit));
    }

    /** A stopped store of its own with the events of a turn. */
    public static Path filled(Ground ground, Work work) throws IOException, InterruptedException {
        Path folder = ground.folder("rows");
        OpenStore.fill(folder, work.shape, ground.scaled(work.total));
        return folder;
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Path folder = ground.folder("in-process");
        try (OpenStore open = OpenStore.open(folder, work.durability)) {
            Meter meter = Meter.begin(Meter::self);
            LoadResult result = ClosedLoop.count(
                    open.appends(work.shape, work.callers, work.each),
                    work.callers,
                    ground.scaled(work.total) / work.each);
            double each = (double) result.events() / open.commits();
            perCommit.set((int) Math.round(each));
            Sample sample =
                    meter.end(result).with(Metric.events_per_commit, each).build();
            open.requireEvents(result.events());
            return sample;
        } finally {
            Ground.remove(folder);
        }
    }

    @Override
    public void close() {}
}
