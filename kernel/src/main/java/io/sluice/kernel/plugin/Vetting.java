package io.sluice.kernel.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Looks at a file before it is installed: reads all of it once, so that what is checked is what is loaded, and turns a
 * plain jar or a folder of jars into a bundle by giving it a manifest.
 */
final class Vetting {

    private static final long LARGEST = 32L * 1024 * 1024;
    /** What may stand in a {@code Bundle-ClassPath} as it is. */
    private static final Pattern JAR_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@-]*");
    private static final Pattern NAME_AND_VERSION = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*(?:[.-][A-Za-z0-9.-]+)?)");

    private final SystemPackages packages;

    Vetting(SystemPackages packages) {
        this.packages = packages;
    }

    /** Reads and checks a jar, or a folder of jars. */
    Candidate vet(Path file) throws Rejected {
        try {
            return Files.isDirectory(file) ? folder(file) : jar(file);
        } catch (IOException e) {
            throw new Rejected(file.getFileName() + " cannot be read: " + e.getMessage());
        }
    }

    private Candidate jar(Path file) throws IOException, Rejected {
        String shown = file.getFileName().toString();
        byte[] bytes = read(file);
        Map<String, byte[]> entries = entries(shown, bytes);
        Attributes main = manifest(entries).getMainAttributes();
        checkSpi(shown, main);
        String hash = hash(bytes);
        if (main.getValue("Bundle-SymbolicName") != null) {
            String name = HeaderClause.parse(main.getValue("Bundle-SymbolicName")).get(0).name();
            return new Candidate(name, version(main, shown), hash, bytes, false);
        }
        Manifest manifest = asBundle(main, shown, "");
        return new Candidate(manifest.getMainAttributes().getValue("Bundle-SymbolicName"), version(main, shown), hash,
                write(manifest, entries), true);
    }

    private Candidate folder(Path folder) throws IOException, Rejected {
        String shown = folder.getFileName().toString();
        Map<String, byte[]> jars = new TreeMap<>();
        Attributes main = new Attributes();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path file : jarsIn(folder)) {
            String name = file.getFileName().toString();
            if (!JAR_NAME.matcher(name).matches()) {
                throw new Rejected(shown + " holds a jar with the name \"" + name
                        + "\" (expected: letters, digits, dots, dashes, underscores, plus signs)");
            }
            byte[] bytes = read(file);
            Map<String, byte[]> entries = entries(shown + "/" + name, bytes);
            if (main.isEmpty() && entries.keySet().stream().anyMatch(e -> e.startsWith("META-INF/services/io.sluice.spi."))) {
                main = manifest(entries).getMainAttributes();
                checkSpi(shown + "/" + name, main);
            }
            jars.put(name, bytes);
            all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(bytes);
            if (all.size() > LARGEST) {
                throw new Rejected(shown + " holds more than " + LARGEST + " bytes");
            }
        }
        if (jars.isEmpty()) {
            throw new Rejected(shown + " holds no jar (expected: a plugin with its libraries)");
        }
        Manifest manifest = asBundle(main, shown, String.join(",", jars.keySet()));
        return new Candidate(manifest.getMainAttributes().getValue("Bundle-SymbolicName"), version(main, shown),
                hash(all.toByteArray()), write(manifest, jars), true);
    }

    /** The jars of a folder plugin, by name. */
    static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar") && !PluginFiles.isIgnored(file))
                    .sorted().toList();
        }
    }

    private static byte[] read(Path file) throws IOException, Rejected {
        long size = Files.size(file);
        if (size == 0 || size > LARGEST) {
            throw new Rejected(file.getFileName() + " has " + size + " bytes (expected: 1 to " + LARGEST + ")");
        }
        return Files.readAllBytes(file);
    }

    private static Map<String, byte[]> entries(String shown, byte[] bytes) throws Rejected {
        Map<String, byte[]> entries = new TreeMap<>();
        if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new Rejected(shown + " is not a jar: it does not begin like a zip file");
        }
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.getName().startsWith("/") || List.of(entry.getName().split("/")).contains("..")) {
                    throw new Rejected(shown + " holds an entry that points outside of it: " + entry.getName());
                }
                byte[] content = zip.readNBytes((int) (LARGEST - total + 1));
                total += content.length;
                if (total > LARGEST) {
                    throw new Rejected(shown + " unpacks to more than " + LARGEST + " bytes");
                }
                checkClass(shown, entry.getName(), content);
                entries.put(entry.getName(), content);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Rejected(shown + " is not a whole jar: " + e.getMessage());
        }
        if (!endsProperly(bytes)) {
            throw new Rejected(shown + " is not a whole jar: its end is missing");
        }
        return entries;
    }

    /** A zip file ends with its central directory (APPNOTE 4.3.16); a truncated copy does not. */
    private static boolean endsProperly(byte[] bytes) {
        for (int at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--) {
            if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 5 && bytes[at + 3] == 6) {
                return true;
            }
        }
        return false;
    }

    private static void checkClass(String shown, String name, byte[] content) throws Rejected {
        if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.endsWith("module-info.class")) {
            return;
        }
        int major = content.length < 8 ? 0 : (content[6] & 0xff) << 8 | content[7] & 0xff;
        if (content.length < 8 || (content[0] & 0xff) != 0xca || (content[1] & 0xff) != 0xfe) {
            throw new Rejected(shown + " holds a broken class: " + name);
        }
        int runs = Runtime.version().feature();
        if (major - 44 > runs) {
            throw new Rejected(shown + " was compiled for Java " + (major - 44) + "; this gateway runs on Java " + runs);
        }
    }

    private void checkSpi(String shown, Attributes main) throws Rejected {
        String declared = main.getValue("Sluice-Spi");
        if (declared != null && !declared.strip().startsWith(major(packages.spiVersion()) + ".")) {
            throw needsOther(shown, declared.strip());
        }
        for (HeaderClause clause : HeaderClause.parse(main.getValue("Export-Package"))) {
            if (packages.versions().containsKey(clause.name())) {
                throw new Rejected(shown + " exports " + clause.name() + ", which belongs to the gateway"
                        + " (expected: only packages of its own)");
            }
        }
        for (HeaderClause clause : HeaderClause.parse(main.getValue("Import-Package"))) {
            String offered = packages.versions().get(clause.name());
            String range = clause.attribute("version", "0");
            try {
                if (clause.name().startsWith("io.sluice.spi") && offered != null
                        && !new VersionRange(range).includes(new Version(offered))) {
                    throw needsOther(shown, new VersionRange(range).getLeft().toString());
                }
            } catch (IllegalArgumentException e) {
                throw new Rejected(shown + " imports " + clause.name() + " with a version that is none: " + range);
            }
        }
    }

    private Rejected needsOther(String shown, String version) {
        return new Rejected(shown + " needs SPI " + major(version) + ".x; this gateway offers " + packages.spiVersion());
    }

    private static String major(String version) {
        return version.split("\\.")[0];
    }

    private static Manifest manifest(Map<String, byte[]> entries) throws IOException {
        byte[] bytes = entries.get(JarFile.MANIFEST_NAME);
        return bytes == null ? new Manifest() : new Manifest(new ByteArrayInputStream(bytes));
    }

    /** Keeps what the manifest says and adds what makes a bundle of it. */
    private Manifest asBundle(Attributes main, String shown, String classPath) {
        Manifest manifest = new Manifest();
        Attributes bundle = manifest.getMainAttributes();
        bundle.putAll(main);
        bundle.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        bundle.putValue("Bundle-ManifestVersion", "2");
        bundle.putValue("Bundle-SymbolicName", plainName(main, shown));
        bundle.putValue("Bundle-Version", version(main, shown).toString());
        bundle.putValue("Import-Package", packages.spiImports());
        bundle.putValue("DynamicImport-Package", "*;bundle-symbolic-name=\"system.bundle\"");
        if (!classPath.isEmpty()) {
            bundle.putValue("Bundle-ClassPath", classPath);
        }
        return manifest;
    }

    private static String plainName(Attributes main, String shown) {
        String title = main.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
        String name = title != null && !title.isBlank() ? title : baseName(shown).group(1);
        return name.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    private static Version version(Attributes main, String shown) {
        for (String written : new String[] {main.getValue("Bundle-Version"),
            main.getValue(Attributes.Name.IMPLEMENTATION_VERSION), baseName(shown).group(2)}) {
            Matcher numbers = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:[.-]?([A-Za-z0-9_.-]+))?")
                    .matcher(written == null ? "" : written.strip());
            if (numbers.matches()) {
                return new Version(number(numbers.group(1)), number(numbers.group(2)), number(numbers.group(3)),
                        numbers.group(4) == null ? "" : numbers.group(4).replace('.', '_'));
            }
        }
        return Version.emptyVersion;
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static Matcher baseName(String shown) {
        String base = shown.endsWith(".jar") ? shown.substring(0, shown.length() - 4) : shown;
        Matcher parts = NAME_AND_VERSION.matcher(base);
        if (parts.matches()) {
            return parts;
        }
        Matcher whole = Pattern.compile("(.+)()").matcher(base);
        whole.matches();
        return whole;
    }

    private static byte[] write(Manifest manifest, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            manifest.write(zip);
            zip.closeEntry();
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                if (!entry.getKey().equals(JarFile.MANIFEST_NAME) && !isSignature(entry.getKey())) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
        }
        return out.toByteArray();
    }

    /** A signature would not fit the new manifest. */
    private static boolean isSignature(String name) {
        return name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|DSA|EC)");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
