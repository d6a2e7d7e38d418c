package dev.foldlog.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP proxy on loopback whose connections can be broken, or silenced without being broken. Thread-safe. */
final class BreakableProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private volatile int targetPort;
    private final ServerSocket listening;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    private BreakableProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Two sockets that belong together. */
    private static final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean isSilent;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
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
                closeBoth();
            }
        }

        private void closeBoth() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    static BreakableProxy to(int port) {
        try {
            BreakableProxy proxy = new BreakableProxy(port);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** New connections go to another port. */
    void retarget(int port) {
        targetPort = port;
    }

    /** Breaks every connection there is; new ones are taken. */
    void breakAll() {
        links.forEach(Link::closeBoth);
        links.removeIf(link -> link.client.isClosed());
    }

    /** From now on the connections there are lose everything that is sent; new ones are taken. */
    void silenceAll() {
        links.forEach(link -> link.isSilent = true);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                link(listening.accept());
            } catch (IOException e) {
                // The listening socket was closed.
            }
        }
    }

    private void link(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        } catch (IOException e) {
            client.close(); // as if nobody listened here
            return;
        }
        Link link = new Link(client, server);
        links.add(link);
        Thread.ofVirtual().start(() -> link.pump(client, server));
        Thread.ofVirtual().start(() -> link.pump(server, client));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        breakAll();
    }
}
