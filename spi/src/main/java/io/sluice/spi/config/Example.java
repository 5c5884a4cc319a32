package io.sluice.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A value that a component's field may have, for the schema and so for editors:
 * <code>@Example("{ \"*\": \"certs/gateway.pem\" }")</code>.
 *
 * @since 1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Example {

    /** The value, as JSON; text that is none stands for a string. */
    String value();
}
