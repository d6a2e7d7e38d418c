package dev.foldlog.testing;

/**
 * What server a test is to have.
 *
 * @param isOnSqlite SQLite in a temporary folder, otherwise memory
 * @param isListening on a loopback port, otherwise only inside this process
 */
record TestServerPlan(boolean isOnSqlite, boolean isListening) {
    static final TestServerPlan IN_MEMORY = new TestServerPlan(false, false);
    static final TestServerPlan ON_SQLITE = new TestServerPlan(true, false);

    TestServerPlan onPort() {
        return new TestServerPlan(isOnSqlite, true);
    }

    FoldlogTestServer start() {
        return FoldlogTestServer.start(
                isOnSqlite ? ServedStore.InFolder.temporary() : new ServedStore.InMemory(), isListening);
    }
}
