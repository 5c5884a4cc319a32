package io.sluice.kernel.control;

import io.sluice.kernel.store.CertificateFolder;
import io.sluice.kernel.store.DefinitionStore;
import io.sluice.kernel.store.History;
import java.nio.file.Path;
import java.util.Map;

/**
 * What stands around the control room.
 *
 * @param version     of the distribution
 * @param store       where definitions are kept
 * @param certificates where certificates are kept
 * @param history     what they were before
 * @param conf        the configuration's folder
 * @param environment expands variables in stored definitions
 */
public record Room(String version, DefinitionStore store, CertificateFolder certificates, History history,
         Path conf, Map<String, String> environment) {
}
