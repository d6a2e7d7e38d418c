package dev.foldlog.bench.peers;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.MessageFields;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.WireForm;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.measure.Product;
import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.process.RunningServer;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** UmaDB, an event store in Rust with an API over gRPC, with its default settings, which sync every commit. */
public final class UmaDb implements Product {
    /** Its name in reports. */
    public static final String NAME = "UmaDB";

    private static final String SERVICE = "umadb.v1.DCB/";
    private static final int BATCH_SIZE_FIELD = 6;
    private static final int BATCH_EVENTS = 500;
    private static final Pattern READY = Pattern.compile("listening on 127.0.0.1:(\\d+)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String appendMethod() {
        return SERVICE + "Append";
    }

    @Override
    public String readAllMethod() {
        return SERVICE + "Read";
    }

    @Override
    public byte[] readAllRequest() {
        return UmaDbForm.message(out -> out.writeUInt32(BATCH_SIZE_FIELD, BATCH_EVENTS));
    }

    @Override
    public WireForm form() {
        return new UmaDbForm();
    }

    @Override
    public Running start(Ground ground) throws Exception {
        Path program = Installed.find(ground, "umadb").resolve("bin/umadb");
        Path folder = ground.folder("umadb");
        List<String> words =
                List.of(program.toString(), "--listen", "127.0.0.1:" + freePort(), "--db-path", folder.toString());
        return new UmaServer(
                RunningServer.start(words, READY, Files.createTempFile(ground.work(), "umadb", ".log")), folder);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record UmaServer(RunningServer server, Path folder) implements Running {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public ProcessUsage usage() throws IOException {
            return server.usage();
        }

        @Override
        public long storedEvents(Channels channels) {
            byte[] head = ClientCalls.blockingUnaryCall(
                    channels.of(0), RawCalls.unary(SERVICE + "Head"), CallOptions.DEFAULT, new byte[0]);
            return MessageFields.number(head, 1, 0);
        }

        @Override
        public boolean isKeepingEvents() {
            return true;
        }

        @Override
        public void close() {
            server.close();
            Ground.remove(folder);
        }
    }
}
