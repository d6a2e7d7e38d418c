package dev.foldlog.cli.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives options that were not on the command line their configured values. */
public final class ConfiguredDefaults implements IDefaultValueProvider {
    private final Configuration configuration;

    public ConfiguredDefaults(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The configured text; null lets the option's own default stand. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        Configuration.Value value = find(argument);
        return value == null ? null : value.text();
    }

    /** The configured value of an option, null when it has none. */
    public Configuration.@Nullable Value find(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().startsWith("--")
                ? configuration.value(option.longestName().substring(2))
                : null;
    }
}
