package dev.foldlog.conformance;

/** Our server over SQLite, inside this process: the whole kit. */
final class SqliteInProcessConformanceTest extends ServerConformance {
    @Override
    protected ConformanceFixture open() throws Exception {
        return InProcessFixture.sqlite();
    }
}
