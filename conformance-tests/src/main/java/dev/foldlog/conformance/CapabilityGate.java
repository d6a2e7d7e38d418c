package dev.foldlog.conformance;

import dev.foldlog.conformance.report.SuiteResults;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns each test that {@link Needs} what the server does not declare into the assertion that it is not there. */
final class CapabilityGate implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        List<Capability> undeclared = undeclared(context);
        if (undeclared.isEmpty()) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        context.publishReportEntry(SuiteResults.UNDECLARED, undeclared.toString());
        undeclared.forEach(it -> assertRefused(it, context));
    }

    @Override
    @SuppressWarnings("unchecked") // every factory of the kit returns a stream of tests
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        List<Capability> undeclared = undeclared(context);
        if (undeclared.isEmpty()) {
            return invocation.proceed();
        }
        invocation.skip();
        context.publishReportEntry(SuiteResults.UNDECLARED, undeclared.toString());
        return (T) undeclared.stream()
                .map(it -> DynamicTest.dynamicTest(it.feature() + " is refused", () -> assertRefused(it, context)));
    }

    private static void assertRefused(Capability capability, ExtensionContext context) {
        new UndeclaredUse(suite(context)).assertRefused(capability);
    }

    private static List<Capability> undeclared(ExtensionContext context) {
        List<Capability> needed = new ArrayList<>();
        Stream.of(context.getRequiredTestMethod(), context.getRequiredTestClass())
                .flatMap(it -> AnnotationSupport.findAnnotation(it, Needs.class).stream())
                .forEach(it -> needed.addAll(List.of(it.value())));
        needed.removeAll(suite(context).fixture().capabilities());
        return needed;
    }

    private static ConformanceSuite suite(ExtensionContext context) {
        return (ConformanceSuite) context.getRequiredTestInstance();
    }
}
