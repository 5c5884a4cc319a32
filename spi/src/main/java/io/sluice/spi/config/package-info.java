/**
 * How an extension says what can be configured: a record, a few annotations, and the definition fields that feed it.
 *
 * <p>The kernel binds JSON to the record, reports every unknown, missing or ill-typed field with its place, and derives
 * the schema of definitions from it. An extension never parses JSON.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.config;
