package dev.foldlog.cli;

import dev.foldlog.cli.shell.StopSignals;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The process's SIGINT and SIGTERM. The platform's class for them is no part of the Java API, so it is
 * reached by reflection; where that fails, a signal ends the process at once, as it does without us.
 */
final class Signals implements StopSignals {
    private static final List<String> NAMES = List.of("INT", "TERM");

    @Override
    public Registration onStop(Runnable action) {
        return register(_ -> action.run());
    }

    @Override
    public Registration beforeEnd(Runnable action) {
        return register(name -> {
            try {
                action.run();
            } finally {
                raise(name);
            }
        });
    }

    private static Registration register(Consumer<String> action) {
        AtomicBoolean isStopped = new AtomicBoolean();
        List<Runnable> restorations = new ArrayList<>();
        Runnable restore = () -> restorations.forEach(Runnable::run);
        for (String name : NAMES) {
            try {
                restorations.add(handle(name, () -> {
                    if (isStopped.compareAndSet(false, true)) {
                        restore.run();
                        action.accept(name);
                    }
                }));
            } catch (ReflectiveOperationException e) {
                // The default stays: the process ends at once.
            }
        }
        return restore::run;
    }

    /** Sets a handler; what it returns sets the earlier one again. */
    private static Runnable handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        Method handle = signalType.getMethod("handle", signalType, handlerType);
        Object earlier = handle.invoke(null, signal, handler(signalType, handlerType, action));
        return () -> {
            try {
                handle.invoke(null, signal, earlier);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("signal " + name + " cannot be handled", e);
            }
        };
    }

    /** Sends the signal to this process, where the earlier handler stands again. */
    private static void raise(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            signalType
                    .getMethod("raise", signalType)
                    .invoke(null, signalType.getConstructor(String.class).newInstance(name));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + name + " cannot be raised", e);
        }
    }

    private static Object handler(Class<?> signalType, Class<?> handlerType, Runnable action)
            throws ReflectiveOperationException {
        MethodHandle run = MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
        return MethodHandleProxies.asInterfaceInstance(handlerType, MethodHandles.dropArguments(run, 0, signalType));
    }
}
