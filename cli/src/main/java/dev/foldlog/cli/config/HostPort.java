package dev.foldlog.cli.config;

import static java.util.Objects.requireNonNull;

/**
 * A place to listen on or to connect to, written {@code HOST:PORT}; an IPv6 address stands in brackets,
 * {@code [::1]:7070}.
 *
 * @param host name or address, without brackets
 */
public record HostPort(String host, int port) {
    private static final String EXPECTED = " (expected: HOST:PORT, for example 127.0.0.1:7070)";

    public HostPort {
        requireNonNull(host, "host");
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException(host + ':' + port + EXPECTED);
        }
    }

    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + EXPECTED, e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
