/**
 * Listening sockets: opened and retried, or inherited from a service manager; accepting within a budget.
 */
package io.sluice.kernel.listen;
