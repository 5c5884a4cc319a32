/** Gateways on paper, for what mounts routes in the admin API. */
package io.sluice.testing.control;
