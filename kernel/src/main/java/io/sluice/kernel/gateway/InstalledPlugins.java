package io.sluice.kernel.gateway;

import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The plugins of a base folder, loaded into a temporary framework folder: for looking at, beside a running gateway too. */
final class InstalledPlugins implements AutoCloseable {

    private final Path work;
    private final PluginHost plugins;

    private InstalledPlugins(Path work, PluginHost plugins) {
        this.work = work;
        this.plugins = plugins;
    }

    static InstalledPlugins of(Folders folders) throws IOException {
        Path work = Files.createTempDirectory("sluice-plugins");
        PluginHost plugins = PluginHost.start(folders.plugins(), work);
        plugins.scan();
        return new InstalledPlugins(work, plugins);
    }

    ExtensionCatalog catalog() {
        return plugins.catalog();
    }

    @Override
    public void close() throws IOException {
        try {
            plugins.close();
        } finally {
            delete(work);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
