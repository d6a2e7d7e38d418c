package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.Feedback;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.Requests;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.SteadyAppends;
import dev.foldlog.bench.load.Tail;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Subscribers of our server while single appends come at a fixed rate. The lag of an event runs from the moment
 * at which its append was meant to be sent to its arrival, so it holds the append itself too.
 */
public final class LiveTails implements Contestant {
    private static final int CHANNELS = 2;
    private static final int LOOKING_MAX = 20;
    private static final int CONFIRM_SECONDS = 60;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Work work;
    private final Product.Running server;
    private final Channels senders;
    private final Channels receivers;
    private final SteadyAppends appends;
    private final Tail.Tally tally;

    /**
     * How many follow what.
     *
     * @param isRareOnly whether they follow the 1 % of rare events only
     */
    public record Work(int subscribers, int perSecond, boolean isRareOnly) {}

    LiveTails(Ground ground, Work work) throws Exception {
        FoldlogProduct product = new FoldlogProduct();
        this.work = work;
        this.server = product.start(ground);
        this.senders = Channels.connect(server.port(), 1);
        this.receivers = Channels.connect(server.port(), CHANNELS);
        this.appends = new SteadyAppends(
                senders,
                RawCalls.unary(product.appendMethod()),
                new Requests(Shape.STANDARD, product.form()),
                new Draw(Shape.STANDARD, 0, System::currentTimeMillis),
                work.perSecond);
        this.tally = new Tail.Tally(work.subscribers);
        subscribe();
    }

    public static Entrant entrant(Work work) {
        return new Entrant(Entrant.FOLDLOG, ground -> new LiveTails(ground, work));
    }

    private void subscribe() throws InterruptedException {
        SubscribeAllRequest.Builder request = SubscribeAllRequest.newBuilder().setLiveOnly(true);
        if (work.isRareOnly) {
            request.setFilter(EventFilter.newBuilder().addActions(Feedback.RARE_ACTION));
        }
        byte[] bytes = request.build().toByteArray();
        int every = Math.max(1, work.subscribers / LOOKING_MAX);
        for (int i = 0; i < work.subscribers; i++) {
            ClientCalls.asyncServerStreamingCall(
                    receivers
                            .of(i)
                            .newCall(
                                    RawCalls.serverStream(FoldlogProduct.SERVICE + "SubscribeAll"),
                                    CallOptions.DEFAULT),
                    bytes,
                    new Tail(tally, i % every == 0));
        }
        if (!tally.confirmed().await(CONFIRM_SECONDS, TimeUnit.SECONDS)) {
            tally.throwIfFailed();
            throw new IllegalStateException(
                    "subscriptions not confirmed: " + tally.confirmed().getCount() + " (expected: 0)");
        }
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        long before = tally.received();
        Meter meter = Meter.begin(server::usage);
        long began = System.nanoTime();
        long sent = appends.run(duration, tally::begin);
        double seconds = (System.nanoTime() - began) / 1e9;
        double share = delivered(sent, before);
        tally.throwIfFailed();
        return meter.end(new LoadResult(sent, seconds, tally.lags()))
                .with(Metric.delivered_share, share)
                .build();
    }

    /** Waits a little for what is on its way. */
    private double delivered(long sent, long before) {
        double expected = (double) (work.isRareOnly ? sent / Shape.RARE_ONE_OF : sent) * work.subscribers;
        long end = System.nanoTime() + GRACE.toNanos();
        while (tally.received() - before < expected && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return expected == 0 ? 1 : (tally.received() - before) / expected;
    }

    @Override
    public void close() throws IOException {
        receivers.close();
        senders.close();
        server.close();
    }
}
