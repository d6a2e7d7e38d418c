@NullMarked
package dev.foldlog.core.expression;

import org.jspecify.annotations.NullMarked;
