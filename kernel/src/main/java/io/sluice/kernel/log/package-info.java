/**
 * How the operational log is written. The one place that knows the logging library.
 */
package io.sluice.kernel.log;
