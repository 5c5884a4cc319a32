/**
 * What tests of configured extensions share.
 */
package io.sluice.testing.config;
