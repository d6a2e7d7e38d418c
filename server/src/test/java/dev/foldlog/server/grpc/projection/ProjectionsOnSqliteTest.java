package dev.foldlog.server.grpc.projection;

import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Projections over the embedded store. */
final class ProjectionsOnSqliteTest extends ProjectionCalls {
    ProjectionsOnSqliteTest(@TempDir Path folder) {
        super(new ServedProjections(SqliteSettings.of(folder)));
    }
}
