/** Events: their identity, place, facts and encoded form. */
@NullMarked
package dev.foldlog.core.event;

import org.jspecify.annotations.NullMarked;
