package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PortHolderTest {

    @TempDir
    Path folder;

    @Test
    void processThatListensIsNamed() throws Exception {
        Path program = Files.writeString(folder.resolve("Holder.java"), """
                public class Holder {
                    public static void main(String[] arguments) throws Exception {
                        var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                        System.out.println(server.getLocalPort());
                        System.in.read();
                    }
                }
                """);
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = other.inputReader()) {
            int port = Integer.parseInt(said.readLine());
            assertThat(PortHolder.of(port)).contains("java (process " + other.pid() + ")");
        } finally {
            other.destroy();
        }
    }

    @Test
    void neitherThisProcessNorAFreePortHasAHolder() throws Exception {
        int port;
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = own.getLocalPort();
            assertThat(PortHolder.of(port)).isEmpty();
        }
        assertThat(PortHolder.of(port)).isEmpty();
    }
}
