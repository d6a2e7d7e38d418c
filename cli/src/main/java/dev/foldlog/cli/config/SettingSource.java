package dev.foldlog.cli.config;

import static java.util.Objects.requireNonNull;

/** Where a value comes from when it is not given on the command line. */
public sealed interface SettingSource {
    /** How the source is shown. */
    String label();

    /** A variable of the environment. */
    record Environment(String variable) implements SettingSource {
        public Environment {
            requireNonNull(variable, "variable");
        }

        @Override
        public String label() {
            return "environment " + variable;
        }
    }

    /** The configuration file. */
    record File(String path) implements SettingSource {
        public File {
            requireNonNull(path, "path");
        }

        @Override
        public String label() {
            return "file " + path;
        }
    }
}
