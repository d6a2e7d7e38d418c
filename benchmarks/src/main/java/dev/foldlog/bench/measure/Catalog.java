package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.IdKind;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.core.store.Durability;
import java.util.ArrayList;
import java.util.List;

/** All measures, in the order of the report. A further one is a further line here. */
public final class Catalog {
    private static final Product OWN = new FoldlogProduct();

    private Catalog() {}

    public static List<Measure> measures() {
        List<Measure> all = new ArrayList<>();
        all.add(new Measure(
                "append-in-process",
                "single appends through the store's port, 128 callers, synchronous=FULL",
                List.of(inProcess(Entrant.FOLDLOG, Shape.STANDARD, 128, 1))));
        all.add(grpc("append-grpc-1", 1, 1));
        all.add(grpc("append-grpc-128", 128, 1));
        all.add(grpc("append-grpc-1024", 1_024, 1));
        all.add(grpc("append-100-grpc", 16, 100));
        all.add(new Measure(
                "append-grpc-shapes",
                "as append-grpc-128, with other ids and more partitions",
                List.of(
                        shaped("1 million partitions", Shape.STANDARD.withPartitions(1_000_000)),
                        shaped("random ids", Shape.STANDARD.withIds(IdKind.random)))));
        all.add(new Measure(
                "read-all-grpc",
                "one reader, 200,000 events, everything from the oldest on, again and again",
                List.of(ReadAllOverGrpc.entrant(OWN, 200_000))));
        return List.copyOf(all);
    }

    private static Entrant inProcess(String name, Shape shape, int callers, int each) {
        return new Entrant(
                name,
                ground -> new AppendInProcess(
                        ground,
                        new AppendInProcess.Work(shape, Durability.DISK, callers, each, ground.scaled(200_000))));
    }

    private static Measure grpc(String name, int callers, int each) {
        AppendOverGrpc.Work work = new AppendOverGrpc.Work(Shape.STANDARD, callers, each);
        return new Measure(
                name,
                "durable appends of " + each + " over gRPC, " + callers + " callers that wait for their answer",
                List.of(AppendOverGrpc.entrant(OWN, work)));
    }

    private static Entrant shaped(String name, Shape shape) {
        return new Entrant(name, ground -> new AppendOverGrpc(OWN, ground, new AppendOverGrpc.Work(shape, 128, 1)));
    }
}
