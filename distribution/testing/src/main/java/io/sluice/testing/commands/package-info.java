/**
 * What tests of health commands share: a target on paper.
 */
package io.sluice.testing.commands;
