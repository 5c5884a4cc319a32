/**
 * What tests of health commands share: a target on paper, and findings that are kept.
 */
package io.sluice.testing.commands;
