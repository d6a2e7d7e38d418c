package dev.foldlog.testing;

import dev.foldlog.client.Foldlog;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that gives each test a Foldlog server over a new, empty store, and closes it after the
 * test:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FoldlogExtension foldlog = FoldlogExtension.inMemory();
 * }</pre>
 *
 * <p>Whether the field is static or not, each test method (each repetition, each set of parameters) has its
 * own server, from before the first {@code @BeforeEach} method to after the last {@code @AfterEach} method.
 * With {@link #perClass} the class has one, from before {@code @BeforeAll} to after {@code @AfterAll}, which
 * its nested classes share; the field must be static then.
 *
 * <p>{@link #client}, {@link #channel}, {@link #target} and {@link #server} answer for the test that runs on the calling
 * thread, so tests may run at the same time. A test that starts threads of its own hands them what it asked
 * for before. Methods of tests can also have parameters of the types {@link Foldlog}, {@link Channel},
 * {@link ManagedChannel} and {@link FoldlogTestServer}; in a class with two of these extensions JUnit cannot choose, so ask the fields.
 */
public final class FoldlogExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final String SERVER = "server";
    private static final String BEFORE = "before";

    private final TestServerPlan plan;
    private final boolean isPerClass;
    private final Namespace namespace = Namespace.create(FoldlogExtension.class, this);

    @SuppressWarnings("ThreadLocalUsage") // each extension of a class has servers of its own; leave() takes them out
    private final ThreadLocal<@Nullable FoldlogTestServer> current = new ThreadLocal<>();

    private FoldlogExtension(TestServerPlan plan, boolean isPerClass) {
        this.plan = plan;
        this.isPerClass = isPerClass;
    }

    /** Servers over a store in memory, reached inside this process. */
    public static FoldlogExtension inMemory() {
        return new FoldlogExtension(TestServerPlan.IN_MEMORY, false);
    }

    /** Servers over SQLite in a temporary folder, reached inside this process. */
    public static FoldlogExtension onSqlite() {
        return new FoldlogExtension(TestServerPlan.ON_SQLITE, false);
    }

    /** The same, but listening on a port of 127.0.0.1 that was free: {@link #target} is its address. */
    public FoldlogExtension listening() {
        return new FoldlogExtension(plan.onPort(), isPerClass);
    }

    /** The same, but with one server for all tests of the class, which then see each other's events. */
    public FoldlogExtension perClass() {
        return new FoldlogExtension(plan, true);
    }

    /** A client of the server of the running test. */
    public Foldlog client() {
        return server().client();
    }

    /** A channel to the server of the running test. */
    public ManagedChannel channel() {
        return server().channel();
    }

    /**
     * The address of the server of the running test, {@code 127.0.0.1:PORT}.
     *
     * @throws IllegalStateException when the extension is not {@link #listening}
     */
    public String target() {
        return server().target();
    }

    /**
     * The server of the running test.
     *
     * @throws IllegalStateException when no test runs on this thread
     */
    public FoldlogTestServer server() {
        FoldlogTestServer server = current.get();
        if (server == null) {
            throw new IllegalStateException("thread: " + Thread.currentThread().getName()
                    + " (expected: the one of a running test; hand its channel to other threads)");
        }
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isPerClass) {
            FoldlogTestServer shared = find(context);
            enter(context, shared == null ? start(context) : shared);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!isPerClass) {
            enter(context, start(context));
            return;
        }
        FoldlogTestServer shared = find(context);
        if (shared == null) {
            throw new IllegalStateException("perClass(): on an instance field (expected: on a static one)");
        }
        enter(context, shared);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        leave(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isPerClass) {
            leave(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Foldlog.class
                || type == Channel.class
                || type == ManagedChannel.class
                || type == FoldlogTestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FoldlogTestServer server = find(context);
        if (server == null) {
            throw new ParameterResolutionException("parameter: " + parameter.getParameter()
                    + " (expected: of a method that belongs to one test; constructors, @BeforeAll and @AfterAll need"
                    + " perClass())");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == Foldlog.class) {
            return server.client();
        }
        return type == FoldlogTestServer.class ? server : server.channel();
    }

    /** The server of this context, or of one around it. */
    private @Nullable FoldlogTestServer find(ExtensionContext context) {
        return context.getStore(namespace).get(SERVER, FoldlogTestServer.class);
    }

    private FoldlogTestServer start(ExtensionContext context) {
        FoldlogTestServer server = plan.start();
        context.getStore(namespace).put(SERVER, server);
        return server;
    }

    /** Makes it the thread's server; the one before comes back, since a thread may take up a second test in a first. */
    private void enter(ExtensionContext context, FoldlogTestServer server) {
        context.getStore(namespace).put(BEFORE, new Before(current.get()));
        current.set(server);
    }

    /** Puts the thread's server before back, and closes the one that this context started, if it did. */
    private void leave(ExtensionContext context) {
        ExtensionContext.Store kept = context.getStore(namespace);
        Before before = kept.remove(BEFORE, Before.class);
        if (before != null && before.server == null) {
            current.remove();
        } else if (before != null) {
            current.set(before.server);
        }
        FoldlogTestServer started = kept.remove(SERVER, FoldlogTestServer.class);
        if (started != null) {
            started.close();
        }
    }

    /** What the thread had before. */
    private record Before(@Nullable FoldlogTestServer server) {}
}
