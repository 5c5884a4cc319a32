package io.sluice.kernel.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The packages of the class path that plugins may see: the SPI and Netty's public ones, with the versions that their own
 * manifests give them. Read from the manifests, so that it stays true.
 *
 * @param versions version by package name
 */
record SystemPackages(Map<String, String> versions) {

    private static final String SPI = "io.sluice.spi";
    private static final String NETTY = "io.netty";

    static SystemPackages ofClassPath() {
        Map<String, String> versions = new LinkedHashMap<>();
        try {
            for (URL url : Collections.list(SystemPackages.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    String name = attributes.getValue("Bundle-SymbolicName");
                    if (name != null && (name.startsWith(SPI) || name.startsWith(NETTY))) {
                        HeaderClause.parse(attributes.getValue("Export-Package")).stream()
                                .filter(clause -> isOffered(clause.name()))
                                .forEach(clause -> versions.put(clause.name(), clause.attribute("version", "0.0.0")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SystemPackages(versions);
    }

    private static boolean isOffered(String name) {
        return (name.startsWith(SPI) || name.startsWith(NETTY)) && !name.contains(".internal");
    }

    /** The framework's {@code system.packages.extra}. */
    String header() {
        List<String> clauses = new ArrayList<>();
        versions.forEach((name, version) -> clauses.add(name + ";version=\"" + version + "\""));
        return String.join(",", clauses);
    }

    /** What a plain jar imports. */
    String spiImports() {
        List<String> clauses = new ArrayList<>();
        versions.forEach((name, version) -> {
            if (name.startsWith(SPI)) {
                int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
                clauses.add(name + ";version=\"[" + major + "," + (major + 1) + ")\";bundle-symbolic-name=\"system.bundle\"");
            }
        });
        return String.join(",", clauses);
    }

    /** The SPI's version as sentences give it: major and minor. */
    String spiVersion() {
        String version = versions.getOrDefault(SPI, "1.0.0");
        return version.substring(0, version.lastIndexOf('.'));
    }
}
