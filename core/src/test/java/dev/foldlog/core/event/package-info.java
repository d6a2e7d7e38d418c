/** Tests of the values and their validation. */
@NullMarked
package dev.foldlog.core.event;

import org.jspecify.annotations.NullMarked;
