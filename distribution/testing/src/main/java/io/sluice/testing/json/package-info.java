/**
 * What stands for the gateway's own JSON in tests of plugins.
 */
package io.sluice.testing.json;
