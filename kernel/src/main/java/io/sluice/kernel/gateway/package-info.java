/**
 * The gateway as a whole: folders, the control thread that turns every change into a plan, the ready file, and the
 * orderly end.
 */
package io.sluice.kernel.gateway;
