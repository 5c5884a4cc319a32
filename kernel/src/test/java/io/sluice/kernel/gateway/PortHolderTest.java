package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.plan.ListenAddress;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            ListenAddress same = new ListenAddress("127.0.0.1", port);
            ListenAddress all = new ListenAddress("::", port);
            ListenAddress another = new ListenAddress("127.0.0.2", port);
            String java = "java (process " + other.pid() + ")";
            assertThat(PortHolder.of(List.of(same, all, another))).isEqualTo(Map.of(same, java, all, java));
        } finally {
            other.destroy();
        }
    }

    @Test
    void neitherThisProcessNorAFreePortHasAHolder() throws Exception {
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortHolder.of(List.of(new ListenAddress("127.0.0.1", own.getLocalPort())))).isEmpty();
        }
        assertThat(PortHolder.of(List.of(new ListenAddress("127.0.0.1", Ports.ofNobody())))).isEmpty();
    }
}
