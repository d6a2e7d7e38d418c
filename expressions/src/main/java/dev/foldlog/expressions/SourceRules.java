package dev.foldlog.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a source may not do, beyond what CEL forbids. A key of a map must be plainly a scalar: the checker's types of
 * {@code [1].map(x, {x: x}).map(x, {x: x})} double with each step, and hashing such a value takes as long. A pattern is
 * a literal, so that it is judged once. No message can be made.
 */
final class SourceRules {
    private static final Set<String> VARIABLES = Set.of("event", "state", "payload");
    private static final Set<String> CONVERSIONS = Set.of("string", "int", "uint", "bool");
    private static final Set<CelKind> KEYS = Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.BOOL);

    private final CelAbstractSyntaxTree tree;
    private final Errors errors;

    SourceRules(CelAbstractSyntaxTree tree, Errors errors) {
        this.tree = tree;
        this.errors = errors;
    }

    /** Judges a tree before its types are looked at. */
    void judgeParsed() {
        Nodes.forEach(tree.getExpr(), node -> {
            switch (node.exprKind().getKind()) {
                case MAP ->
                    node.map().entries().stream()
                            .map(CelExpr.CelMap.Entry::key)
                            .filter(key -> !isPlainlyScalar(key))
                            .forEach(this::refuseKey);
                case STRUCT -> errors.add(tree, node, "messages cannot be made here (expected: a map)");
                case COMPREHENSION -> {
                    if (VARIABLES.contains(node.comprehension().iterVar())) {
                        errors.add(tree, node, "'" + node.comprehension().iterVar() + "' is a variable already");
                    }
                }
                default -> {}
            }
        });
    }

    /** Judges a tree with types. */
    void judgeChecked(Patterns patterns) {
        Nodes.forEach(tree.getExpr(), node -> {
            if (node.exprKind().getKind() == Kind.MAP) {
                node.map().entries().stream()
                        .map(CelExpr.CelMap.Entry::key)
                        .filter(key -> !KEYS.contains(kindOf(key)))
                        .forEach(this::refuseKey);
            } else if (node.exprKind().getKind() == Kind.CALL
                    && node.call().function().equals("matches")) {
                judgePattern(node.call(), patterns);
            }
        });
    }

    private CelKind kindOf(CelExpr node) {
        return tree.getType(node.id()).map(type -> type.kind()).orElse(CelKind.ERROR);
    }

    private void refuseKey(CelExpr key) {
        errors.add(tree, key, "a key of a map must be a text for certain: use string(...)");
    }

    private static boolean isPlainlyScalar(CelExpr key) {
        return switch (key.exprKind().getKind()) {
            case CONSTANT -> true;
            case SELECT -> isFieldOfVariable(key);
            case CALL ->
                key.call().target().isEmpty() && CONVERSIONS.contains(key.call().function());
            default -> false;
        };
    }

    private static boolean isFieldOfVariable(CelExpr node) {
        CelExpr root = node;
        while (root.exprKind().getKind() == Kind.SELECT) {
            root = root.select().operand();
        }
        return root.exprKind().getKind() == Kind.IDENT
                && VARIABLES.contains(root.ident().name());
    }

    private void judgePattern(CelCall call, Patterns patterns) {
        List<CelExpr> args = call.args();
        CelExpr pattern = args.getLast();
        Optional<String> literal = Optional.of(pattern)
                .filter(it -> it.exprKind().getKind() == Kind.CONSTANT)
                .map(CelExpr::constant)
                .filter(it -> it.getKind() == CelConstant.Kind.STRING_VALUE)
                .map(CelConstant::stringValue);
        if (literal.isEmpty()) {
            errors.add(tree, pattern, "a pattern must be a literal");
            return;
        }
        try {
            patterns.compile(literal.get());
        } catch (IllegalArgumentException e) {
            errors.add(tree, pattern, String.valueOf(e.getMessage()));
        }
    }
}
