/**
 * Where definitions are kept: their files, written so that nobody sees half of one, what the outside may not see of them,
 * and what they were before.
 */
package io.sluice.kernel.store;
