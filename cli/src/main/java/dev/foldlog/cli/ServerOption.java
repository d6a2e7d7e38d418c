package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.config.HostPort;
import picocli.CommandLine.Option;

/** The option that names the server of a client command. */
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7070",
            description = "The server to talk to (also FOLDLOG_SERVER). Default: ${DEFAULT-VALUE}.")
    private HostPort server = new HostPort("127.0.0.1", 7070);

    Connection connect() {
        return Connection.open(server);
    }
}
