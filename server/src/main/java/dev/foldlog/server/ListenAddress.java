package dev.foldlog.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a server listens, and whether it may: without TLS only on loopback, unless it is told otherwise. */
final class ListenAddress {
    private ListenAddress() {}

    /**
     * The address to bind to; a name is resolved once, so that what was checked is what is bound.
     *
     * @throws ServerStartException when there is no such host, or it may not be listened on
     */
    static InetSocketAddress of(ServerSettings settings) {
        InetAddress address = resolve(settings.host());
        if (!address.isLoopbackAddress() && !settings.isPlaintextAllowed()) {
            throw new ServerStartException("host: " + settings.host()
                    + " (expected: a loopback address such as 127.0.0.1; beyond it everybody could read and write, so"
                    + " plaintext must be allowed explicitly)");
        }
        return new InetSocketAddress(address, settings.port());
    }

    private static InetAddress resolve(String host) {
        try {
            if (host.isBlank()) {
                throw new UnknownHostException("blank");
            }
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ServerStartException("host: \"" + host + "\" (expected: a name or address of this machine)", e);
        }
    }
}
