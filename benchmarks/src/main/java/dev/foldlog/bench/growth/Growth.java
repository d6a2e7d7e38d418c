package dev.foldlog.bench.growth;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.StreamOperation;
import dev.foldlog.bench.measure.AppendOverGrpc;
import dev.foldlog.bench.measure.FoldlogProduct;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.measure.Meter;
import dev.foldlog.bench.measure.OpenStore;
import dev.foldlog.bench.measure.Product;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.RawNumbers;
import dev.foldlog.bench.report.Sample;
import dev.foldlog.core.store.Durability;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.store.sqlite.SqliteVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One store that grows: at each size it is asked the same things, its server started anew. The sizes come one after
 * the other, so figures of different sizes are further apart in time than those of other measures. Confined to one run.
 */
public final class Growth {
    private static final int EACH = 1_000;
    private static final int PIECE = 100_000;
    private static final double BYTES_OF_MIB = 1 << 20;
    private static final double MICROS_OF_SECOND = 1e6;
    private static final AppendOverGrpc.Work APPENDS = new AppendOverGrpc.Work(Shape.STANDARD, 128, 1);

    private final Ground ground;
    private final RawNumbers numbers;
    private final Path folder;
    private final GrowthEvents events;

    public Growth(Ground ground, RawNumbers numbers, long seed) throws IOException {
        this.ground = ground;
        this.numbers = numbers;
        this.folder = ground.folder("growth");
        this.events = new GrowthEvents(seed);
    }

    /** Fills the store up to a size and asks. */
    public void at(int size) throws Exception {
        String name = GrowthNames.size(size);
        fill(size, name);
        numbers.add(GrowthNames.VERIFY, name, 1, verified(name));
        try (Product.Running server = FoldlogProduct.keeping(ground, folder);
                Channels channels = Channels.connect(server.port(), 1)) {
            if (size > 0) {
                for (Calls calls : Calls.of(events)) {
                    Operation reading = new StreamOperation(
                            channels,
                            RawCalls.serverStream("foldlog.v1.EventStore/" + calls.method()),
                            caller -> calls.request());
                    turns(calls.measure(), name, server, reading);
                }
            }
            turns(GrowthNames.SUBSCRIBE, name, server, new HeadSubscription(channels));
        }
        appends(name);
    }

    private void fill(int size, String name) throws Exception {
        long before = events.count();
        if (size <= before) {
            return;
        }
        try (OpenStore open = OpenStore.open(folder, Durability.PROCESS)) {
            long head = open.store().head().value();
            Meter meter = Meter.begin(Meter::self);
            long began = System.nanoTime();
            while (events.count() < size) {
                long piece = Math.min(PIECE, size - events.count());
                LoadResult result = ClosedLoop.count(
                        open.appending(caller -> events.append((int) Math.min(EACH, size - events.count()))),
                        1,
                        Math.ceilDiv(piece, EACH));
                ground.progress()
                        .accept("growth: %,d of %,d events, %,.0f/s"
                                .formatted(events.count(), size, result.eventsPerSecond()));
            }
            open.requireEvents(head + events.count() - before);
            double seconds = (System.nanoTime() - began) / 1e9;
            numbers.add(
                    GrowthNames.FILL,
                    name,
                    1,
                    meter.costs(events.count() - before, seconds).build());
        }
        numbers.add(GrowthNames.FILL, name, 1, databaseSize());
    }

    private Sample databaseSize() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            double bytes = files.mapToLong(it -> it.toFile().length()).sum();
            return Sample.builder()
                    .with(Metric.database_mib, bytes / BYTES_OF_MIB)
                    .build();
        }
    }

    private void turns(String measure, String name, Product.Running server, Operation operation) throws Exception {
        ClosedLoop.run(operation, 1, ground.warmUp());
        for (int round = 1; round <= ground.rounds(); round++) {
            ground.progress().accept("%s: round %d of %d, %s".formatted(measure, round, ground.rounds(), name));
            Meter meter = Meter.begin(server::usage);
            LoadResult result = ClosedLoop.run(operation, 1, ground.round());
            long calls = result.latencies().count();
            if (result.events() == 0) {
                throw new IllegalStateException(measure + ": no events (expected: some in each call)");
            }
            Sample sample = meter.end(result)
                    .with(Metric.micros_per_call, result.seconds() * MICROS_OF_SECOND / calls)
                    .build();
            numbers.add(measure, name, round, sample);
        }
    }

    private void appends(String name) throws Exception {
        FoldlogProduct product = new FoldlogProduct();
        try (AppendOverGrpc contestant = AppendOverGrpc.on(FoldlogProduct.keeping(ground, folder), product, APPENDS)) {
            contestant.turn(ground.warmUp());
            for (int round = 1; round <= ground.rounds(); round++) {
                ground.progress()
                        .accept("%s: round %d of %d, %s".formatted(GrowthNames.APPEND, round, ground.rounds(), name));
                numbers.add(GrowthNames.APPEND, name, round, contestant.turn(ground.round()));
            }
            contestant.check();
        }
    }

    private Sample verified(String name) throws IOException {
        if (events.count() == 0) {
            return Sample.builder().build();
        }
        ground.progress().accept(GrowthNames.VERIFY + ": " + name);
        long began = System.nanoTime();
        List<String> failed = SqliteVerification.run(folder, new ProtoEventCodec(), new Unheard()).stream()
                .filter(it -> !it.isPassed())
                .map(it -> it.check() + ": " + it.message())
                .toList();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("verify: " + failed + " (expected: nothing)");
        }
        return Sample.builder()
                .with(Metric.seconds, (System.nanoTime() - began) / 1e9)
                .build();
    }
}
