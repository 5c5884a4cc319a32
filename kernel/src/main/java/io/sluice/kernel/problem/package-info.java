/**
 * Problems: what is wrong, where, by which rule, and what to do next. The same shape in {@code check}, the ready file,
 * the log and the admin API.
 */
package io.sluice.kernel.problem;
