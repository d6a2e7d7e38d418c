/** Which measures there are, who takes part in each, and what is aimed for. */
@NullMarked
package dev.foldlog.bench.catalog;

import org.jspecify.annotations.NullMarked;
