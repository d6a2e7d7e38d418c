package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
            if (stream != null) {
                properties.load(new InputStreamReader(stream, UTF_8));
            }
        }
        return new String[] {
            "foldlog " + properties.getProperty("version", "of an unknown version"), "Java " + Runtime.version()
        };
    }
}
