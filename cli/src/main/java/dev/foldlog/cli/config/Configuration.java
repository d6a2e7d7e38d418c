package dev.foldlog.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Shell;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of the environment and of the configuration file, the environment first. Immutable. */
public final class Configuration {
    private static final String OPTION = "--config";

    private final Map<String, Value> values;

    private Configuration(Map<String, Value> values) {
        this.values = Map.copyOf(values);
    }

    /** A setting's text and where it stands. */
    public record Value(String text, SettingSource source) {}

    /**
     * Reads the configuration for a command line: {@code --config FILE} in {@code arguments} names the file,
     * else FOLDLOG_CONFIG, else ./foldlog.properties when it is there. A file that is named must be there;
     * an unknown key in it is an error.
     */
    public static Configuration load(Shell shell, List<String> arguments) {
        Map<String, Value> values = new HashMap<>();
        String named = named(shell, arguments);
        String file = named == null ? Settings.FILE_STANDARD : named;
        Path path = shell.folder().resolve(file);
        if (named != null || Files.exists(path)) {
            read(path, file, values);
        }
        for (String name : Settings.NAMES) {
            String variable = Settings.variable(name);
            String text = shell.environment().get(variable);
            if (text != null && !text.isEmpty()) {
                values.put(name, new Value(text, new SettingSource.Environment(variable)));
            }
        }
        return new Configuration(values);
    }

    private static @Nullable String named(Shell shell, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                break;
            }
            if (argument.startsWith(OPTION + '=')) {
                return argument.substring(OPTION.length() + 1);
            }
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        String variable = shell.environment().get(Settings.FILE_VARIABLE);
        return variable == null || variable.isEmpty() ? null : variable;
    }

    private static void read(Path path, String file, Map<String, Value> values) {
        UniqueKeys properties = new UniqueKeys();
        try (Reader reader = Files.newBufferedReader(path, UTF_8)) {
            properties.load(reader);
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.USAGE, file + ": no valid UTF-8");
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, file + ": no readable configuration file");
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    file + ": a wrong \\u escape (expected: \\u and four hexadecimal digits; a backslash is written"
                            + " twice)");
        }
        if (!properties.repeated.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    file + ": " + String.join(", ", properties.repeated)
                            + ": more than once (expected: each key once)");
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!Settings.NAMES.contains(key)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        file + ": " + key + ": unknown key (expected: one of " + String.join(", ", Settings.NAMES)
                                + ')');
            }
            values.put(key, new Value(properties.getProperty(key).strip(), new SettingSource.File(file)));
        }
    }

    /** Properties that remember which keys stand in the file more than once. */
    private static final class UniqueKeys extends Properties {
        private static final long serialVersionUID = 1;

        private final transient Set<String> repeated = new TreeSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            Object earlier = super.put(key, value);
            if (earlier != null) {
                repeated.add(key.toString());
            }
            return earlier;
        }
    }

    /** The value of a setting, null when neither the environment nor the file has it. */
    public @Nullable Value value(String name) {
        return values.get(name);
    }
}
