package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.Requests;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.UnaryOperation;
import dev.foldlog.bench.report.Sample;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** Appends over gRPC to a server in its own process, by callers that each wait for their answer. */
public final class AppendOverGrpc implements Contestant {
    private static final int CALLERS_OF_CHANNEL = 128;
    private static final int CHANNELS_MIN = 2;

    private final Product.Running server;
    private final Channels channels;
    private final Operation operation;
    private final int callers;
    private final long eventsBefore;
    private long events;

    /**
     * What is appended.
     *
     * @param each events of one append
     */
    public record Work(Shape shape, int callers, int each) {}

    private AppendOverGrpc(Product.Running server, Product product, Work work) {
        this.server = server;
        this.channels =
                Channels.connect(server.port(), Math.max(CHANNELS_MIN, Math.ceilDiv(work.callers, CALLERS_OF_CHANNEL)));
        this.callers = work.callers;
        MethodDescriptor<byte[], byte[]> method = RawCalls.unary(product.appendMethod());
        Requests requests = new Requests(work.shape, product.form());
        Draw[] draws = IntStream.range(0, callers)
                .mapToObj(it -> new Draw(work.shape, it, System::currentTimeMillis))
                .toArray(Draw[]::new);
        this.operation = new UnaryOperation(
                channels,
                method,
                caller -> work.each == 1 ? requests.one(draws[caller]) : requests.many(draws[caller], work.each),
                work.each);
        this.eventsBefore = server.storedEvents(channels);
    }

    /** Appends to a server that runs, and that is ended with it. */
    public static AppendOverGrpc on(Product.Running server, Product product, Work work) {
        return new AppendOverGrpc(server, product, work);
    }

    /** A product as an entrant. */
    public static Entrant entrant(String name, Product product, Work work) {
        return new Entrant(name, ground -> on(product.start(ground), product, work));
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Meter meter = Meter.begin(server::usage);
        LoadResult result = ClosedLoop.run(operation, callers, duration);
        events += result.events();
        return meter.end(result).build();
    }

    @Override
    public void check() {
        long stored = server.storedEvents(channels) - eventsBefore;
        if (server.isKeepingEvents() && stored != events) {
            throw new IllegalStateException("stored events: " + stored + " (expected: " + events + ')');
        }
    }

    @Override
    public void close() throws IOException {
        channels.close();
        server.close();
    }
}
