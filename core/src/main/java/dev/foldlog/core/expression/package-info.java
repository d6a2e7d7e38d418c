/** Expressions over events: the port behind which an expression language stands. */
@NullMarked
package dev.foldlog.core.expression;

import org.jspecify.annotations.NullMarked;
