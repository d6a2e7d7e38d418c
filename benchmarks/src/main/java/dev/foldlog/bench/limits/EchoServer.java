package dev.foldlog.bench.limits;

import dev.foldlog.bench.load.RawCalls;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A gRPC server that answers each append at once and stores nothing: what calls cost by themselves, on the same
 * transport with the same options as ours. Ends when its standard input does.
 */
public final class EchoServer {
    static final String SERVICE = "foldlog.v1.EventStore";

    // About as large as the answer to an append of one event.
    private static final byte[] ANSWER = new byte[90];

    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(
                                RawCalls.unary(SERVICE + "/Append"), ServerCalls.asyncUnaryCall((request, answer) -> {
                                    answer.onNext(ANSWER);
                                    answer.onCompleted();
                                }))
                        .build())
                .build()
                .start();
        System.out.println("ready on 127.0.0.1:" + server.getPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        server.shutdownNow();
    }
}
