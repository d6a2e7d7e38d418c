package dev.foldlog.conformance.judge;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one connection of a run to the tests; it is closed when the run ends. */
final class TargetParameter implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TargetServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(TargetParameter.class))
                .computeIfAbsent(
                        TargetServer.class,
                        it -> TargetServer.connect(Target.of(
                                name -> context.getConfigurationParameter(name).orElse(""))),
                        TargetServer.class);
    }
}
