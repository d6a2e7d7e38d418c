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
final class AppendOverGrpc implements Contestant {
    private static final int CHANNELS = 2;

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
    record Work(Shape shape, int callers, int each) {}

    AppendOverGrpc(Product product, Ground ground, Work work) throws Exception {
        this.server = product.start(ground);
        this.channels = Channels.connect(server.port(), CHANNELS);
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

    static Entrant entrant(Product product, Work work) {
        return new Entrant(product.name(), ground -> new AppendOverGrpc(product, ground, work));
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
