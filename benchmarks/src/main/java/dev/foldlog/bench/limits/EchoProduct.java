package dev.foldlog.bench.limits;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.FoldlogForm;
import dev.foldlog.bench.load.WireForm;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.measure.Product;
import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.process.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The limit of calls: {@link EchoServer} in a process of its own, with the options of our launcher. */
public final class EchoProduct implements Product {
    /** Its name in reports. */
    public static final String NAME = "gRPC echo (limit)";

    private static final Pattern READY = Pattern.compile("ready on 127.0.0.1:(\\d+)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String appendMethod() {
        return EchoServer.SERVICE + "/Append";
    }

    @Override
    public String readAllMethod() {
        throw new UnsupportedOperationException("the echo only appends");
    }

    @Override
    public byte[] readAllRequest() {
        throw new UnsupportedOperationException("the echo only appends");
    }

    @Override
    public WireForm form() {
        return new FoldlogForm();
    }

    @Override
    public Running start(Ground ground) throws IOException {
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EchoServer.class.getName());
        return new Echo(RunningServer.start(words, READY, Files.createTempFile(ground.work(), "echo", ".log")));
    }

    private record Echo(RunningServer server) implements Running {
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
            return 0;
        }

        @Override
        public boolean isKeepingEvents() {
            return false;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
