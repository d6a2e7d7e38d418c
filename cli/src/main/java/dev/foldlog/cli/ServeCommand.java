package dev.foldlog.cli;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.OutputClosedException;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals.Registration;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.server.ServerStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Runs a server until it is told to stop. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Run a server, on a data folder or in memory, until SIGINT or SIGTERM.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog serve",
            "  foldlog serve --listen 127.0.0.1:0 --data /var/lib/foldlog",
            "  foldlog serve --store memory",
            "  FOLDLOG_LOG_FORMAT=json foldlog serve --config /etc/foldlog.properties",
            "",
            "Once it serves it prints 'foldlog ready on HOST:PORT' with the store, its folder and the durability",
            "in force; the log goes to standard error. Each option can also stand in the environment",
            "(FOLDLOG_MAX_PAYLOAD_BYTES) or in the configuration file (max-payload-bytes = 2MiB); 'foldlog",
            "config' shows what is in force and why. SIZE is 4096, 256KiB, 1MiB; DURATION is 500ms, 10s, 24h.",
            "",
            "On the first signal it stops gracefully, exit code 0: health goes down, open appends finish. The",
            "second ends it at once; nothing acknowledged is lost by that either, unless the store is memory."
        })
final class ServeCommand implements Callable<Integer> {
    private final Shell shell;

    @ParentCommand
    private RootCommand root = new RootCommand();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private ServeOptions options = new ServeOptions();

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = options.settings(store, shell.folder());
        Logs.forServer(shell, options.logForm(), root.logLevel());
        try (FoldlogServer server = start(settings);
                Registration _ = shell.stopSignals().onStop(server::close)) {
            tellReady(server, settings);
            server.awaitTermination();
        }
        return ExitCode.OK.number();
    }

    private static FoldlogServer start(ServerSettings settings) {
        requireFreePort(settings);
        try {
            return FoldlogServer.start(settings);
        } catch (ServerStartException | StoreException e) {
            String message = String.valueOf(e.getMessage());
            String told = ServeOptions.asTyped(message);
            List<String> lines = new ArrayList<>();
            lines.add("cannot serve: " + told);
            if (!settings.isPlaintextAllowed() && message.contains("loopback")) {
                lines.add("  --allow-plaintext allows it");
            }
            // What is told by an option's name is that option's fault.
            throw new CommandException(told.equals(message) ? ExitCode.FAILURE : ExitCode.USAGE, lines, e);
        }
    }

    /** Told before the data folder is made. Where the server may not listen at all it says so itself. */
    private static void requireFreePort(ServerSettings settings) {
        if (settings.port() == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            InetAddress address = InetAddress.getByName(settings.host());
            if (address.isLoopbackAddress() || settings.isPlaintextAllowed()) {
                socket.bind(new InetSocketAddress(address, settings.port()));
            }
        } catch (UnknownHostException e) {
            // The server tells it.
        } catch (IOException e) {
            HostPort place = new HostPort(settings.host(), settings.port());
            throw new CommandException(
                    ExitCode.FAILURE, List.of("cannot serve: cannot listen on " + place + ": " + e.getMessage()), e);
        }
    }

    private void tellReady(FoldlogServer server, ServerSettings settings) {
        HostPort address = new HostPort(settings.host(), server.port());
        String durability = server.durability().name().toLowerCase(Locale.ROOT);
        LineOutput output = new LineOutput(shell.out(), "standard output");
        output.line("foldlog ready on " + address + " (store " + server.storeKind() + ", " + store.place(shell.folder())
                + ", durability " + durability + ')');
        try {
            output.flush();
        } catch (OutputClosedException e) {
            // A server serves also when nobody listens to what it says.
        }
    }
}
