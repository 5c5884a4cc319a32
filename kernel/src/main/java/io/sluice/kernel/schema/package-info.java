/**
 * The schema of definitions (JSON Schema 2020-12), put together from the kernel's own records and from those of the
 * installed extensions.
 */
package io.sluice.kernel.schema;
