/**
 * What the gateway offers to those who operate it: state, previews, changes, explanations. Changes take their turn on the
 * control thread; everything else reads what is there.
 */
package io.sluice.kernel.control;
