package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A real PostgreSQL on a data folder of its own. Its roles: {@code app} and {@code probe}, and one per kind of password. */
final class PostgresServer implements AutoCloseable {

    static final String PASSWORD = "grün & geheim";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Path INSTALLATION = Path.of("target", "postgresql").toAbsolutePath();

    final int port = Gateway.freePort();
    private final Path data;
    private Process process;

    private PostgresServer(Path data) throws IOException {
        this.data = data;
    }

    /** A new cluster; skips the test on machines that the binaries are not for. */
    static PostgresServer create(Path data) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "PostgreSQL's binaries are for Linux on amd64");
        unpack();
        assumeTrue(run("", "true") == 0, "PostgreSQL does not run as root, and unshare -U is not allowed here");
        assertThat(run("", bin("initdb"), "-D", data.toString(), "-U", "postgres", "--auth=trust", "--no-sync",
                "-E", "UTF8", "--locale=C")).isZero();
        assertThat(run("""
                CREATE ROLE app LOGIN SUPERUSER
                CREATE ROLE probe LOGIN PASSWORD '%1$s'
                CREATE ROLE clear LOGIN PASSWORD '%1$s'
                SET password_encryption = 'md5'
                CREATE ROLE md5 LOGIN PASSWORD '%1$s'
                CREATE TABLE written (n int)
                """.formatted(PASSWORD), bin("postgres"), "--single", "-D", data.toString(), "postgres")).isZero();
        Files.writeString(data.resolve("pg_hba.conf"), """
                host all         app      127.0.0.1/32 trust
                host all         probe    127.0.0.1/32 scram-sha-256
                host all         clear    127.0.0.1/32 password
                host all         md5      127.0.0.1/32 md5
                host replication postgres 127.0.0.1/32 trust
                """);
        return new PostgresServer(data);
    }

    /** A standby of this one, which must not be running. */
    PostgresServer standby(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(data.relativize(file)),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n");
        return new PostgresServer(copy);
    }

    /** Starts it; when this returns it has let somebody log in. */
    PostgresServer start() {
        await(data + " stands").ignoreExceptions().until(() -> {
            // none starts while one that was killed has left children, which end by themselves
            if (process == null || !process.isAlive()) {
                process = launch();
            }
            DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=app&sslmode=disable").close();
            return true;
        });
        return this;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command(bin("postgres"), "-D", data.toString(), "-p", String.valueOf(port), "-k", "",
                "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
    }

    void promote() throws IOException, InterruptedException {
        assertThat(run("", bin("pg_ctl"), "promote", "-t", String.valueOf(Patience.LIMIT.toSeconds()), "-D", data.toString())).isZero();
    }

    /** SIGKILL for the server; its children end by themselves. */
    void kill() throws IOException {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            try {
                // SIGQUIT: at once, but with all children
                new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start();
                if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (IOException | InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private static String bin(String name) {
        return INSTALLATION.resolve("bin").resolve(name).toString();
    }

    /** PostgreSQL refuses to run as root: such a user becomes nobody in a namespace of its own. */
    private static List<String> command(String... command) {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static int run(String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        process.outputWriter().append(input).close();
        if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " does not end");
        }
        return process.exitValue();
    }

    private static synchronized void unpack() throws IOException {
        if (Files.exists(INSTALLATION)) {
            return;
        }
        Path unpacked = Files.createTempDirectory(INSTALLATION.getParent(), "postgresql");
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream resource = PostgresServer.class.getResourceAsStream(ARCHIVE);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(resource))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = unpacked.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    assertThat(file.toFile().setExecutable((entry.getMode() & 0100) != 0)).isTrue();
                }
            }
        }
        try {
            Files.move(unpacked, INSTALLATION);
        } catch (FileAlreadyExistsException e) {
            // another JVM was first, and what it has unpacked is the same
        }
    }
}
