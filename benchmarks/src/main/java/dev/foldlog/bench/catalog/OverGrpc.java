package dev.foldlog.bench.catalog;

import dev.foldlog.bench.limits.EchoProduct;
import dev.foldlog.bench.load.IdKind;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.measure.AppendOverGrpc;
import dev.foldlog.bench.measure.AppendOverGrpc.Work;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.FoldlogProduct;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.measure.Product;
import dev.foldlog.bench.peers.EventSourcing;
import dev.foldlog.bench.peers.PostgresTable;
import dev.foldlog.bench.peers.UmaDb;
import java.util.ArrayList;
import java.util.List;

/** Appends to servers of their own, all called by the same generator. */
final class OverGrpc {
    static final Product OWN = new FoldlogProduct();

    private OverGrpc() {}

    static List<Measure> measures() {
        return List.of(
                appends("append-grpc-1", 1, 1, true),
                appends("append-grpc-128", 128, 1, true),
                appends("append-grpc-1024", 1_024, 1, true),
                appends("append-100-grpc", 16, 100, false),
                new Measure(
                        "append-others",
                        "durable single appends where the caller and the transport differ too: ours over gRPC and"
                                + " PostgreSQL over a socket with 128 callers, eventsourcing in process with 8;"
                                + " 10,000 partitions, payloads of 300 bytes",
                        List.of(
                                AppendOverGrpc.entrant(Entrant.FOLDLOG, OWN, new Work(Shape.STANDARD, 128, 1)),
                                PostgresTable.entrant(128),
                                EventSourcing.entrant())),
                new Measure(
                        "append-grpc-shapes",
                        "durable single appends over gRPC, 128 callers, where the load differs from the standard one",
                        List.of(
                                shape("1 million partitions", Shape.STANDARD.withPartitions(1_000_000)),
                                shape("random ids", Shape.STANDARD.withIds(IdKind.random)))));
    }

    private static Measure appends(String name, int callers, int each, boolean hasEcho) {
        Work work = new Work(Shape.STANDARD, callers, each);
        List<Entrant> entrants = new ArrayList<>();
        for (Product product : List.of(OWN, new UmaDb())) {
            entrants.add(AppendOverGrpc.entrant(product.name(), product, work));
        }
        if (hasEcho) {
            entrants.add(AppendOverGrpc.entrant(EchoProduct.NAME, new EchoProduct(), work));
        }
        return new Measure(
                name,
                "durable appends of " + each + " event(s) over gRPC, " + callers
                        + " caller(s) that each wait for their answer, standard load",
                entrants);
    }

    private static Entrant shape(String name, Shape shape) {
        return AppendOverGrpc.entrant(name, OWN, new Work(shape, 128, 1));
    }
}
