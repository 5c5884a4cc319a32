/**
 * The commands: {@code run}, {@code check}, {@code version}, {@code help}.
 */
package io.sluice.kernel.cli;
