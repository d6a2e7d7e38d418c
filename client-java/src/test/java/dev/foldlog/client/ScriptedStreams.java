package dev.foldlog.client;

import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server whose streams are played from scripts, one for each call; without a script it stays silent. */
final class ScriptedStreams implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();
    private final Server server;
    private final ManagedChannel channel;
    private final Queue<Consumer<ServerCallStreamObserver<ReadAllResponse>>> reads = new ConcurrentLinkedQueue<>();
    private final Queue<Consumer<ServerCallStreamObserver<SubscribeAllResponse>>> subscriptions =
            new ConcurrentLinkedQueue<>();
    private final List<SubscribeAllRequest> requests = new CopyOnWriteArrayList<>();

    ScriptedStreams() {
        try {
            server = InProcessServerBuilder.forName(name)
                    .addService(new Service())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        channel = InProcessChannelBuilder.forName(name).build();
    }

    Foldlog client(ClientOptions options) {
        return Foldlog.over(channel, options);
    }

    void playRead(Consumer<ServerCallStreamObserver<ReadAllResponse>> script) {
        reads.add(script);
    }

    void playSubscription(Consumer<ServerCallStreamObserver<SubscribeAllResponse>> script) {
        subscriptions.add(script);
    }

    List<SubscribeAllRequest> requests() {
        return requests;
    }

    private final class Service extends EventStoreGrpc.EventStoreImplBase {
        @Override
        public void readAll(ReadAllRequest request, StreamObserver<ReadAllResponse> answers) {
            play(reads.poll(), answers);
        }

        @Override
        public void subscribeAll(SubscribeAllRequest request, StreamObserver<SubscribeAllResponse> answers) {
            requests.add(request);
            play(subscriptions.poll(), answers);
        }

        private <A> void play(@Nullable Consumer<ServerCallStreamObserver<A>> script, StreamObserver<A> answers) {
            if (script != null) {
                script.accept((ServerCallStreamObserver<A>) answers);
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
