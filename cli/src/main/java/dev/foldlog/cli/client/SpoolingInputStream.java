package dev.foldlog.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read once, and that still tells the hash of its whole content before it was read to
 * its end: what is left then goes through a temporary file.
 */
final class SpoolingInputStream extends InputStream {
    private final DigestInputStream digesting;
    private InputStream current;
    private byte @Nullable [] hash;

    SpoolingInputStream(InputStream stream, MessageDigest digest) {
        this.digesting = new DigestInputStream(stream, digest);
        this.current = digesting;
    }

    /** Hash of everything, what was read already and what is to come. */
    byte[] contentHash() throws IOException {
        if (hash == null) {
            Path spool = Files.createTempFile("foldlog-import-", ".jsonl");
            try {
                Files.copy(digesting, spool, StandardCopyOption.REPLACE_EXISTING);
                current = Files.newInputStream(spool, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                Files.deleteIfExists(spool);
                throw e;
            }
            hash = digesting.getMessageDigest().digest();
        }
        return hash.clone();
    }

    @Override
    public int read() throws IOException {
        return current.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return current.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        current.close();
        digesting.close();
    }
}
