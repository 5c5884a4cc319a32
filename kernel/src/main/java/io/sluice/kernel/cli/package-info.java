/**
 * The commands: {@code run}, {@code check}, those that talk to a running gateway, {@code version}, {@code help}.
 */
package io.sluice.kernel.cli;
