/**
 * What tests of balancers share: the contract that each of them keeps, and targets to pick from.
 */
package io.sluice.testing.balancing;
