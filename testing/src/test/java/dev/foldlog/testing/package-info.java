@NullMarked
package dev.foldlog.testing;

import org.jspecify.annotations.NullMarked;
