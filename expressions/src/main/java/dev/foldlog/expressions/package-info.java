/** CEL behind core's port of expressions. */
@NullMarked
package dev.foldlog.expressions;

import org.jspecify.annotations.NullMarked;
