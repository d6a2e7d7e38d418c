/** Appending: what is proposed, what must hold for it, and what came of it. */
@NullMarked
package dev.foldlog.core.append;

import org.jspecify.annotations.NullMarked;
