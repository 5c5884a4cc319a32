package io.sluice.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a constant of an enum is written in JSON, where its name in lower case would not do: {@code @Spelling({"1.2",
 * "771"})}. A number in JSON matches a spelling that reads the same.
 *
 * @since 1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Spelling {

    /** The spellings; the first is the one that messages show. */
    String[] value();
}
