/**
 * Listening sockets: opened and retried, accepting within a budget.
 */
package io.sluice.kernel.listen;
