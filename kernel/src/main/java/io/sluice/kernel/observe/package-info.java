/**
 * What has happened: events, and counters with closed sets of labels.
 */
package io.sluice.kernel.observe;
