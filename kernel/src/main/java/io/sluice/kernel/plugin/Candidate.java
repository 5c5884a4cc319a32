package io.sluice.kernel.plugin;

import org.osgi.framework.Version;

/**
 * A plugin file that was read and found in order, ready to be installed.
 *
 * @param name    the plugin's name: its bundle's symbolic name
 * @param version as an OSGi version
 * @param hash    SHA-256 of what was read, in hex
 * @param bundle  the bytes of the bundle
 * @param plain   whether it was a plain jar, whose extensions the host registers itself
 */
record Candidate(String name, Version version, String hash, byte[] bundle, boolean plain) {

    /** The same without its bytes. */
    Candidate withoutBundle() {
        return new Candidate(name, version, hash, new byte[0], plain);
    }
}
