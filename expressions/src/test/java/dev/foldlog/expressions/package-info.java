/** Tests of CEL behind the port. */
@NullMarked
package dev.foldlog.expressions;

import org.jspecify.annotations.NullMarked;
