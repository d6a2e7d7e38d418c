package dev.foldlog.server.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The services on a transport, with health and reflection (v1 and v1alpha) beside them. Callbacks run on
 * the transport's own threads, so no service may block in one. Thread-safe.
 */
public final class GrpcEndpoint {
    /** Calls open at the same time on one connection, subscriptions included. */
    static final int CONNECTION_CALLS_MAX = 4_096;

    /** Bytes of one call's headers. */
    static final int METADATA_BYTES_MAX = 16 << 10;

    // A silent client is asked after 30 s and given up 10 s later; a client may ask each 10 s.
    private static final Duration KEEPALIVE_TIME = Duration.ofSeconds(30);
    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLIENT_KEEPALIVE_TIME_MIN = Duration.ofSeconds(10);

    // How long the last answers may take on their way.
    private static final Duration FLUSH_GRACE = Duration.ofMillis(500);

    private final Server server;
    private final ServingHealth health;
    private final OpenCalls openCalls;

    private GrpcEndpoint(Server server, ServingHealth health, OpenCalls openCalls) {
        this.server = server;
        this.health = health;
        this.openCalls = openCalls;
    }

    /**
     * Listens on the address.
     *
     * @param messageBytesMax bytes of one request, refused by the transport itself
     */
    public static GrpcEndpoint listen(InetSocketAddress address, int messageBytesMax, ServedServices services)
            throws IOException {
        return start(
                NettyServerBuilder.forAddress(address)
                        .maxConcurrentCallsPerConnection(CONNECTION_CALLS_MAX)
                        .maxInboundMetadataSize(METADATA_BYTES_MAX)
                        .keepAliveTime(KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS)
                        .keepAliveTimeout(KEEPALIVE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
                        .permitKeepAliveTime(CLIENT_KEEPALIVE_TIME_MIN.toNanos(), TimeUnit.NANOSECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxInboundMessageSize(messageBytesMax),
                services);
    }

    /** Serves inside this process under the name. */
    public static GrpcEndpoint inProcess(String name, ServedServices services) throws IOException {
        return start(InProcessServerBuilder.forName(name), services);
    }

    private static GrpcEndpoint start(ServerBuilder<?> builder, ServedServices services) throws IOException {
        List<ServerServiceDefinition> definitions = services.definitions();
        OpenCalls openCalls = new OpenCalls(services.statuses());
        ServingHealth health = new ServingHealth(
                services.store(),
                definitions.stream()
                        .map(it -> it.getServiceDescriptor().getName())
                        .toList());
        RequestReading reading = new RequestReading(services.statuses());
        definitions.forEach(it -> builder.addService(reading.around(it)));
        Server server = builder.directExecutor()
                .addService(health.service())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(reflectionV1Alpha())
                .intercept(openCalls)
                .intercept(new FailureInterceptor(services.statuses()))
                .build();
        try {
            server.start();
        } catch (IOException e) {
            health.close();
            throw e;
        }
        return new GrpcEndpoint(server, health, openCalls);
    }

    @SuppressWarnings("deprecation") // v1alpha is what older clients still ask for
    private static io.grpc.BindableService reflectionV1Alpha() {
        return ProtoReflectionService.newInstance();
    }

    /** The port it listens on; -1 inside a process. */
    public int port() {
        return server.getPort();
    }

    /** Says NOT_SERVING to those who ask for its health. */
    public void leave() {
        health.close();
    }

    /** Takes no new calls, and gives the open ones so long to finish; then all that is left is cut off. */
    public void stop(Duration grace) throws InterruptedException {
        server.shutdown();
        try {
            openCalls.awaitNone(grace);
            openCalls.cutOff();
            server.awaitTermination(FLUSH_GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            server.shutdownNow();
        }
        server.awaitTermination(FLUSH_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }
}
