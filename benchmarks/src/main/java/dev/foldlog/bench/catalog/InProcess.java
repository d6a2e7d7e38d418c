package dev.foldlog.bench.catalog;

import dev.foldlog.bench.limits.InsertsInC;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.measure.AppendInProcess;
import dev.foldlog.bench.measure.AppendInProcess.Work;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.core.store.Durability;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The store itself beside C, which inserts the rows of the same load in commits of the same size. */
final class InProcess {
    private static final int EVENTS = 200_000;

    private InProcess() {}

    static List<Measure> measures() {
        return List.of(
                beside(
                        "insert",
                        "200,000 events of the standard load into an empty store, 100 a commit, synchronous=NORMAL so"
                                + " that the work is measured and not the disk",
                        new Work(Shape.STANDARD, Durability.PROCESS, 1, 100, EVENTS)),
                beside(
                        "append-in-process",
                        "200,000 single appends of the standard load into an empty store, 128 callers,"
                                + " synchronous=FULL; C commits as many at a time as the store did in its last turn",
                        new Work(Shape.STANDARD, Durability.DISK, 128, 1, EVENTS)));
    }

    private static Measure beside(String name, String about, Work work) {
        AtomicInteger perCommit = new AtomicInteger(work.each());
        String synchronous = work.durability() == Durability.DISK ? "FULL" : "NORMAL";
        Entrant limit = new Entrant(
                InsertsInC.NAME,
                ground -> new InsertsInC(
                        ground,
                        new InsertsInC.Source(AppendInProcess.filled(ground, work), perCommit::get, synchronous)));
        return new Measure(name, about, List.of(AppendInProcess.entrant(work, perCommit), limit));
    }
}
