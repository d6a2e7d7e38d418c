package dev.foldlog.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this build (SemVer), as the build wrote it beside the classes. */
public final class ServerVersion {
    public static final String TEXT = read();

    private ServerVersion() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = ServerVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is not on the class path");
            }
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("version.properties cannot be read", e);
        }
    }
}
