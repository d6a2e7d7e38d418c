package dev.foldlog.conformance.kit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Tells the kit's class which liar it judges in this run. */
final class LiarParameter implements ParameterResolver {
    /** The name of the configuration parameter. */
    static final String NAME = "conformance.liar";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Liar.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Liar.valueOf(context.getConfigurationParameter(NAME).orElseThrow());
    }
}
