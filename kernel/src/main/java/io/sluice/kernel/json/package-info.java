/**
 * JSON that remembers where each value stands. Comments and trailing commas are allowed; depth and size are bounded.
 */
package io.sluice.kernel.json;
