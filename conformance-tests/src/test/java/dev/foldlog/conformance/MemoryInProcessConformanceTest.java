package dev.foldlog.conformance;

/** Our server over the store in memory, inside this process: the whole kit. */
final class MemoryInProcessConformanceTest extends ServerConformance {
    @Override
    protected ConformanceFixture open() {
        return InProcessFixture.memory();
    }
}
