package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.Requests;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.StreamOperation;
import dev.foldlog.bench.load.UnaryOperation;
import dev.foldlog.bench.report.Sample;
import java.io.IOException;
import java.time.Duration;

/** One reader that reads everything from the oldest event on, over gRPC, again and again. */
public final class ReadAllOverGrpc implements Contestant {
    private static final int FILL_EACH = 1_000;
    private static final int FILL_CALLERS = 4;

    private final Product.Running server;
    private final Channels channels;
    private final Operation reading;
    private final long stored;

    ReadAllOverGrpc(Product product, Ground ground, int events) throws Exception {
        this.server = product.start(ground);
        this.channels = Channels.connect(server.port(), 1);
        fill(product, events);
        this.stored = server.storedEvents(channels);
        this.reading = new StreamOperation(
                channels, RawCalls.serverStream(product.readAllMethod()), caller -> product.readAllRequest());
    }

    public static Entrant entrant(Product product, int events) {
        return new Entrant(product.name(), ground -> new ReadAllOverGrpc(product, ground, ground.scaled(events)));
    }

    private void fill(Product product, int events) throws InterruptedException {
        Requests requests = new Requests(Shape.STANDARD, product.form());
        int each = Math.min(FILL_EACH, events);
        Draw[] draws = new Draw[FILL_CALLERS];
        for (int i = 0; i < FILL_CALLERS; i++) {
            draws[i] = new Draw(Shape.STANDARD, i, System::currentTimeMillis);
        }
        Operation append = new UnaryOperation(
                channels, RawCalls.unary(product.appendMethod()), it -> requests.many(draws[it], each), each);
        ClosedLoop.count(append, FILL_CALLERS, Math.ceilDiv(events, each));
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Meter meter = Meter.begin(server::usage);
        LoadResult result = ClosedLoop.run(reading, 1, duration);
        if (result.events() == 0 || result.events() % stored != 0) {
            throw new IllegalStateException(
                    "events read: " + result.events() + " (expected: a multiple of the " + stored + " stored)");
        }
        return meter.end(result).build();
    }

    @Override
    public void close() throws IOException {
        channels.close();
        server.close();
    }
}
