package dev.foldlog.expressions;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.function.Consumer;

/** The nodes of an expression. */
final class Nodes {
    private Nodes() {}

    /** Shows every node, a parent before what is below it. The parser has bounded how deep that goes. */
    static void forEach(CelExpr node, Consumer<CelExpr> shown) {
        shown.accept(node);
        switch (node.exprKind().getKind()) {
            case SELECT -> forEach(node.select().operand(), shown);
            case CALL -> {
                node.call().target().ifPresent(it -> forEach(it, shown));
                node.call().args().forEach(it -> forEach(it, shown));
            }
            case LIST -> node.list().elements().forEach(it -> forEach(it, shown));
            case STRUCT -> node.struct().entries().forEach(it -> forEach(it.value(), shown));
            case MAP ->
                node.map().entries().forEach(it -> {
                    forEach(it.key(), shown);
                    forEach(it.value(), shown);
                });
            case COMPREHENSION -> comprehension(node.comprehension(), shown);
            case CONSTANT, IDENT, NOT_SET -> {}
        }
    }

    private static void comprehension(CelComprehension node, Consumer<CelExpr> shown) {
        forEach(node.iterRange(), shown);
        forEach(node.accuInit(), shown);
        forEach(node.loopCondition(), shown);
        forEach(node.loopStep(), shown);
        forEach(node.result(), shown);
    }
}
