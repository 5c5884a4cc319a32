/**
 * Configuration: the settings file, the definition files, and the binding of JSON to records. Knows nothing of plans,
 * plugins or the data path.
 */
package io.sluice.kernel.config;
