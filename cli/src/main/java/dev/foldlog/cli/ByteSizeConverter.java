package dev.foldlog.cli;

import dev.foldlog.cli.config.ByteSizeText;
import picocli.CommandLine.ITypeConverter;

/** Reads a size in bytes for an option. */
final class ByteSizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return ByteSizeText.parse(text);
    }
}
