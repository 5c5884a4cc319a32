/**
 * The routes of the admin API, each with what its document says of it.
 */
package io.sluice.plugins.adminhttp.api;
