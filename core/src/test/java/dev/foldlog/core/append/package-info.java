/** Tests of the values and their validation. */
@NullMarked
package dev.foldlog.core.append;

import org.jspecify.annotations.NullMarked;
