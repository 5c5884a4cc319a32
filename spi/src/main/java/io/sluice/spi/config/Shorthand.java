package io.sluice.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one component that is meant when the JSON has a bare scalar (or a list, if the component is one) where the
 * record's object is expected: with {@code record Header(@Shorthand Version version, List<Tlv> tlvs)},
 * {@code "v2"} is short for {@code {"version": "v2"}}.
 *
 * @since 1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Shorthand {
}
