package dev.foldlog.expressions;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.foldlog.core.expression.Compilation;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.ExpressionLimits;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CEL as it is used here: its environments, one for each set of variables, and its runtime. Made once, at some cost.
 * Immutable but for the patterns kept, thread-safe.
 *
 * <p>The runtime is the one that CEL calls legacy: the newer one converts a payload whole at each evaluation (ADR 0028).
 */
final class Cel {
    /** What a source sees beside the event. */
    enum Scope {
        EVENT,
        EVENT_AND_STATE,
        EVENT_AND_PAYLOAD
    }

    /** How deep a source may nest; evaluation takes some frames of the stack for each level. */
    private static final int LEVELS_MAX = 100;

    private final ExpressionLimits limits;
    private final Patterns patterns = new Patterns();
    private final Map<Scope, CelCompiler> compilers = new EnumMap<>(Scope.class);
    private final CelRuntime runtime;

    Cel(ExpressionLimits limits) {
        this.limits = limits;
        CelOptions options = CelOptions.current()
                .maxParseRecursionDepth(LEVELS_MAX)
                .enableHeterogeneousNumericComparisons(true)
                .enableHiddenAccumulatorVar(true)
                .enableTimestampOverflowCheck(true)
                .errorOnDuplicateMapKeys(true)
                .errorOnIntWrap(true)
                .build();
        CelCompiler events = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) ->
                                Functions.isDeclared(overload.celOverloadDecl().overloadId()))
                        .build())
                .addFunctionDeclarations(Functions.declarations())
                .setTypeProvider(new EventFields())
                .addVar("event", EventFields.reference())
                .build();
        compilers.put(Scope.EVENT, events);
        compilers.put(Scope.EVENT_AND_STATE, with(events, "state"));
        compilers.put(Scope.EVENT_AND_PAYLOAD, with(events, "payload"));
        runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(Functions.standard())
                .addFunctionBindings(Functions.bindings(patterns))
                .build();
    }

    private static CelCompiler with(CelCompiler compiler, String variable) {
        return compiler.toCompilerBuilder()
                .addVar(variable, EventFields.ANY_OBJECT)
                .build();
    }

    /** The program of a source whose value may be of one of the kinds. */
    Compilation<CelProgram> compile(String source, Scope scope, Set<CelKind> kinds) {
        Errors errors = new Errors(source);
        try {
            CelRuntime.Program program = compile(source, scope, kinds, errors);
            if (program != null) {
                return new Compiled<>(new CelProgram(program, limits));
            }
        } catch (StackOverflowError e) {
            errors.add("nested too deeply");
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("CEL found no error before it failed", e);
        }
        return new Refused<>(errors.list());
    }

    private CelRuntime.@Nullable Program compile(String source, Scope scope, Set<CelKind> kinds, Errors errors)
            throws CelValidationException, CelEvaluationException {
        CelCompiler compiler = compilers.get(scope);
        int length = source.codePointCount(0, source.length());
        if (source.isBlank() || length > limits.sourceCharsMax() || compiler == null) {
            errors.add(length + " characters (expected: 1 to " + limits.sourceCharsMax() + ')');
            return null;
        }
        CelAbstractSyntaxTree parsed = tree(compiler.parse(source), errors);
        if (parsed == null) {
            return null;
        }
        new SourceRules(parsed, errors).judgeParsed();
        CelAbstractSyntaxTree checked = errors.isEmpty() ? tree(compiler.check(parsed), errors) : null;
        if (checked == null) {
            return null;
        }
        new SourceRules(checked, errors).judgeChecked(patterns);
        if (!kinds.contains(checked.getResultType().kind())) {
            errors.add("the value is of type " + checked.getResultType().name() + " (expected: " + names(kinds) + ')');
        }
        return errors.isEmpty() ? runtime.createProgram(checked) : null;
    }

    private static @Nullable CelAbstractSyntaxTree tree(CelValidationResult result, Errors errors)
            throws CelValidationException {
        if (result.hasError()) {
            result.getErrors().forEach(errors::add);
            if (errors.isEmpty()) {
                errors.add("not an expression");
            }
            return null;
        }
        return result.getAst();
    }

    private static String names(Set<CelKind> kinds) {
        return kinds.stream()
                .filter(it -> it != CelKind.DYN)
                .sorted()
                .map(it -> it == CelKind.NULL_TYPE ? "null" : it.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }
}
