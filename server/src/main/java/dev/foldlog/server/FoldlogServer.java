package dev.foldlog.server;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.grpc.ApiServices;
import dev.foldlog.server.grpc.GrpcEndpoint;
import dev.foldlog.server.grpc.ServedServices;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.service.CallEnvironment;
import dev.foldlog.server.grpc.stream.StreamEnvironment;
import dev.foldlog.server.grpc.validation.EventIds;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the composition root, where services, threads, clock and randomness are made and put
 * together over the store that the settings name; it knows no store by name itself. Thread-safe.
 */
public final class FoldlogServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FoldlogServer.class);

    /** What the transport takes, as a multiple of the largest append, so that an append is refused by name. */
    private static final int MESSAGE_OVER_APPEND = 2;

    private final ServerSettings settings;
    private final Parts parts;
    private final GrpcEndpoint endpoint;
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FoldlogServer(ServerSettings settings, Parts parts, GrpcEndpoint endpoint) {
        this.settings = settings;
        this.parts = parts;
        this.endpoint = endpoint;
    }

    /**
     * Opens the store and listens on the settings' host and port.
     *
     * @throws ServerStartException when it cannot or may not listen there
     * @throws dev.foldlog.core.store.StoreException when the store cannot be opened
     */
    public static FoldlogServer start(ServerSettings settings) {
        InetSocketAddress address = ListenAddress.of(settings);
        if (!address.getAddress().isLoopbackAddress()) {
            LOG.warn("listening without TLS beyond loopback: whoever reaches {} can read and write", address);
        }
        int messageBytesMax =
                Math.multiplyExact(MESSAGE_OVER_APPEND, settings.limits().appendBytesMax());
        return serve(settings, services -> GrpcEndpoint.listen(address, messageBytesMax, services));
    }

    /** As {@link #start(ServerSettings)}, but served inside this process only, under the name. */
    public static FoldlogServer inProcess(String name, ServerSettings settings) {
        requireNonNull(name, "name");
        return serve(settings, services -> GrpcEndpoint.inProcess(name, services));
    }

    private static FoldlogServer serve(ServerSettings settings, Transport transport) {
        Parts parts = Parts.open(settings);
        try {
            return new FoldlogServer(
                    settings, parts, transport.start(parts.services().served()));
        } catch (IOException e) {
            parts.close();
            throw new ServerStartException(
                    "cannot listen on " + settings.host() + ':' + settings.port() + ": " + rootMessage(e), e);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The port it listens on; -1 inside a process. */
    public int port() {
        return endpoint.port();
    }

    public String storeId() {
        return parts.store().storeId().toString();
    }

    /** What keeps the events, in one word. */
    public String storeKind() {
        return parts.store().kind();
    }

    public Durability durability() {
        return parts.store().durability();
    }

    /** Waits until the server has been closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /**
     * Stops in good order: see the list. Safe to repeat and from any thread; each call returns when the
     * server has stopped. An interrupt shortens the grace, not the list.
     */
    @Override
    public void close() {
        if (isClosing.compareAndSet(false, true)) {
            try {
                stop();
            } finally {
                closed.countDown();
            }
        } else {
            joinClose();
        }
    }

    private void stop() {
        InOrder.run(List.of(
                new InOrder.Step("say NOT_SERVING", endpoint::leave),
                new InOrder.Step("end subscriptions", parts.services()::close),
                new InOrder.Step("finish open calls", () -> endpoint.stop(settings.shutdownGrace())),
                new InOrder.Step("close the store", parts.store()::close),
                new InOrder.Step("end the threads", parts.threads()::close)));
    }

    private void joinClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts to serve on some transport. */
    private interface Transport {
        GrpcEndpoint start(ServedServices services) throws IOException;
    }

    /** All but the transport. */
    private record Parts(EventStore store, ServerThreads threads, ApiServices services) {
        static Parts open(ServerSettings settings) {
            EventCodec codec = new ProtoEventCodec();
            InstantSource clock = InstantSource.system();
            EventStore store = settings.store().open(codec, clock);
            ServerThreads threads = ServerThreads.start(
                    settings.store().readersMax(), Runtime.getRuntime().availableProcessors());
            SecureRandom random = new SecureRandom();
            StatusMapper statuses = new StatusMapper(random);
            FilterExpressions expressions = new FilterExpressions(CelExpressions.standard());
            CallEnvironment calls = new CallEnvironment(
                    store,
                    threads.reads().calls(),
                    threads.checks(),
                    clock,
                    new EventIds(clock, random),
                    settings.limits(),
                    statuses,
                    expressions);
            StreamEnvironment environment = new StreamEnvironment(
                    store,
                    codec,
                    threads.reads().streams(),
                    threads.timers(),
                    clock,
                    settings.limits(),
                    statuses,
                    expressions);
            return new Parts(store, threads, new ApiServices(environment, calls));
        }

        void close() {
            InOrder.run(List.of(
                    new InOrder.Step("end subscriptions", services::close),
                    new InOrder.Step("close the store", store::close),
                    new InOrder.Step("end the threads", threads::close)));
        }
    }
}
