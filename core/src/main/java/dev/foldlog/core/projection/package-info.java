/** Folds of events into keyed states: what they are, what is stored of them, and how they join an append. */
@NullMarked
package dev.foldlog.core.projection;

import org.jspecify.annotations.NullMarked;
