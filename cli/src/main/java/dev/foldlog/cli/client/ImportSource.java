package dev.foldlog.cli.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPInputStream;

/** A file, or standard input, that is imported: JSON lines, compressed by gzip or not (told by its first bytes). */
final class ImportSource implements AutoCloseable {
    private static final int GZIP_MAGIC = 0x1f8b;

    private final String name;
    private final CountingInputStream raw;
    private final InputStream content;
    private final ContentHash contentHash;

    private ImportSource(String name, CountingInputStream raw, InputStream content, ContentHash contentHash) {
        this.name = name;
        this.raw = raw;
        this.content = content;
        this.contentHash = contentHash;
    }

    @FunctionalInterface
    private interface ContentHash {
        byte[] get() throws IOException;
    }

    static ImportSource file(Path path, String name) throws IOException {
        CountingInputStream raw = new CountingInputStream(Files.newInputStream(path));
        return new ImportSource(name, raw, uncompressed(raw), () -> hashOfFile(path));
    }

    /** A stream that can be read only once. */
    static ImportSource stream(InputStream stream, String name) throws IOException {
        CountingInputStream raw = new CountingInputStream(stream);
        SpoolingInputStream content = new SpoolingInputStream(uncompressed(raw), sha256());
        return new ImportSource(name, raw, content, content::contentHash);
    }

    private static InputStream uncompressed(InputStream raw) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static byte[] hashOfFile(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream content = new DigestInputStream(uncompressed(Files.newInputStream(path)), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How the source is called in messages. */
    String name() {
        return name;
    }

    /** The uncompressed content, to be read once. */
    InputStream content() {
        return content;
    }

    /** SHA-256 of the whole uncompressed content, at any time. */
    byte[] contentHash() throws IOException {
        return contentHash.get();
    }

    /** Bytes read so far, as they are stored. */
    long bytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
