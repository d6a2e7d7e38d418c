/** Tests of the values and their validation. */
@NullMarked
package dev.foldlog.core.read;

import org.jspecify.annotations.NullMarked;
