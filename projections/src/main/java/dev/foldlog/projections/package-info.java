/** The engine of projections: folds in appends, folds after them, builds, and those who wait for them. */
@NullMarked
package dev.foldlog.projections;

import org.jspecify.annotations.NullMarked;
