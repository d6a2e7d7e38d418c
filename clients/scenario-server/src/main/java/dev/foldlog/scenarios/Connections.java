package dev.foldlog.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The loopback port that clients connect to: hands bytes to and from a port behind it. Its connections can be
 * broken, or go silent without being broken, as when a cable is pulled. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int BACKLOG = 50;

    private final int portBehind;
    private final ServerSocket listening;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile boolean isRefusing;

    private Connections(int portBehind, ServerSocket listening) {
        this.portBehind = portBehind;
        this.listening = listening;
    }

    static Connections to(int portBehind) {
        try {
            Connections connections =
                    new Connections(portBehind, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(connections::accept);
            return connections;
        } catch (IOException e) {
            throw new UncheckedIOException("no port to listen on", e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection there is. */
    void breakAll() {
        links.forEach(Link::close);
        links.removeIf(Link::isClosed);
    }

    /** From now on the connections there are lose every byte, either way; new ones are taken and work. */
    void silenceAll() {
        links.forEach(Link::silence);
    }

    /** Breaks every connection and takes none, until {@link #admit}. */
    void refuse() {
        isRefusing = true;
        breakAll();
    }

    void admit() {
        isRefusing = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                link(listening.accept());
            } catch (IOException e) {
                // The listening socket was closed, or the client has gone again.
            }
        }
    }

    private void link(Socket client) throws IOException {
        if (isRefusing) {
            client.close();
            return;
        }
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), portBehind));
        links.add(link);
        link.start();
        if (isRefusing) {
            link.close();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the port cannot be closed", e);
        }
        breakAll();
    }

    /** Two sockets that belong together. Thread-safe. */
    private static final class Link implements AutoCloseable {
        private final Socket client;
        private final Socket server;
        private volatile boolean isSilent;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void start() throws IOException {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(client, server));
            Thread.ofVirtual().start(() -> pump(server, client));
        }

        private void silence() {
            isSilent = true;
        }

        private boolean isClosed() {
            return client.isClosed();
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                for (int count = from.getInputStream().read(buffer);
                        count >= 0;
                        count = from.getInputStream().read(buffer)) {
                    if (!isSilent) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
            } catch (IOException e) {
                // Broken on purpose, or by an end that has gone.
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("a socket cannot be closed", e);
                }
            }
        }
    }
}
