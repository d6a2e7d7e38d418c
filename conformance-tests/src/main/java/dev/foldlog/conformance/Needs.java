package dev.foldlog.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a suite or a test uses beyond the required. Where the server under test does not declare one of
 * them, the test asserts instead that its use is refused: it is never skipped.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    /** All that is used. */
    Capability[] value();
}
