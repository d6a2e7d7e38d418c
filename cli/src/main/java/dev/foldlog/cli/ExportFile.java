package dev.foldlog.cli;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * A file that comes into being whole: written beside its place, brought to the disk, then renamed. Closed
 * without {@link #commit} it leaves nothing behind. What is there and is no regular file (a device, a pipe)
 * is written to directly.
 */
final class ExportFile implements AutoCloseable {
    private final String name;
    private final Path target;
    private final Path written;
    private final LineOutput output;
    private boolean isDone;

    private ExportFile(String name, Path target, Path written) throws IOException {
        this.name = name;
        this.target = target;
        this.written = written;
        OutputStream stream = target.equals(written)
                ? Files.newOutputStream(written, StandardOpenOption.WRITE)
                : Files.newOutputStream(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.output = new LineOutput(name.endsWith(".gz") ? new GZIPOutputStream(stream, 1 << 16) : stream, name);
    }

    static ExportFile create(Shell shell, String file) {
        Path target = shell.folder().resolve(file);
        try {
            if (Files.exists(target)) {
                target = target.toRealPath();
            }
            boolean isDirect = Files.exists(target) && !Files.isRegularFile(target);
            String suffix = '.' + HexFormat.of().toHexDigits(shell.random().nextInt()) + ".partial";
            return new ExportFile(
                    file, target, isDirect ? target : target.resolveSibling(target.getFileName() + suffix));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    LineOutput output() {
        return output;
    }

    /** Puts the file in its place. */
    void commit() {
        output.close();
        if (!target.equals(written)) {
            try {
                try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw failure(name, e);
            }
        }
        isDone = true;
    }

    private static CommandException failure(String name, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException system -> Objects.requireNonNullElse(system.getReason(), "no reason given");
            default -> String.valueOf(e.getMessage());
        };
        return new CommandException(ExitCode.FAILURE, name + ": cannot be written: " + reason);
    }

    @Override
    public void close() {
        if (isDone) {
            return;
        }
        try {
            output.close();
        } catch (CommandException e) {
            // What fails here has failed before: the disk is full, for example.
        } finally {
            discard();
        }
    }

    /** Deletes what was written so far. For any thread, also while another one writes. */
    void discard() {
        try {
            if (!target.equals(written)) {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw failure(name, e);
        }
    }
}
