/** Tests of the values and their validation. */
@NullMarked
package dev.foldlog.core.store;

import org.jspecify.annotations.NullMarked;
