/** What expressions cost. */
@NullMarked
package dev.foldlog.bench.expression;

import org.jspecify.annotations.NullMarked;
