package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.FoldlogForm;
import dev.foldlog.bench.load.MessageFields;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.WireForm;
import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.process.RunningServer;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ReadAllRequest;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Path;

/** Our own server with its default settings: SQLite, synchronous=FULL. */
public final class FoldlogProduct implements Product {
    static final String SERVICE = "foldlog.v1.EventStore/";

    @Override
    public String name() {
        return Entrant.FOLDLOG;
    }

    @Override
    public String appendMethod() {
        return SERVICE + "Append";
    }

    @Override
    public String readAllMethod() {
        return SERVICE + "ReadAll";
    }

    @Override
    public byte[] readAllRequest() {
        return ReadAllRequest.getDefaultInstance().toByteArray();
    }

    @Override
    public WireForm form() {
        return new FoldlogForm();
    }

    @Override
    public Running start(Ground ground) throws IOException {
        return over(ground, ground.folder("foldlog"));
    }

    /** Starts it over a folder that may hold a store already, and that is removed at the end. */
    static Running over(Ground ground, Path folder) throws IOException {
        return new OwnServer(FoldlogServer.start(ground, folder), () -> Ground.remove(folder));
    }

    /** Starts it over a folder that stays. */
    public static Running keeping(Ground ground, Path folder) throws IOException {
        return new OwnServer(FoldlogServer.start(ground, folder), () -> {});
    }

    private record OwnServer(RunningServer server, Runnable afterwards) implements Running {
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
            byte[] info = ClientCalls.blockingUnaryCall(
                    channels.of(0), RawCalls.unary(SERVICE + "GetStoreInfo"), CallOptions.DEFAULT, new byte[0]);
            return MessageFields.number(info, GetStoreInfoResponse.HEAD_POSITION_FIELD_NUMBER, 0);
        }

        @Override
        public boolean isKeepingEvents() {
            return true;
        }

        @Override
        public void close() {
            server.close();
            afterwards.run();
        }
    }
}
