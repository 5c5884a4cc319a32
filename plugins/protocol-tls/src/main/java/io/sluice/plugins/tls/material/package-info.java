/**
 * Certificates, keys, pins and revocation lists: from bytes to values, without I/O. Whatever is wrong with them is said
 * in a sentence for people ({@link io.sluice.plugins.tls.material.BadMaterial}).
 */
package io.sluice.plugins.tls.material;
