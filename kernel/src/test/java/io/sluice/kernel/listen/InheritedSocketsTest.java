package io.sluice.kernel.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Problem;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class InheritedSocketsTest {

    private final LiveProblems problems = new LiveProblems();

    @Test
    void socketsForAnotherProcessAreLeftAlone() {
        InheritedSockets inherited = InheritedSockets.of(Map.of("sluice.listen.fds", "2", "sluice.listen.pid", "41")::get, 42);

        assertThat(inherited.isEmpty()).isTrue();
        assertThat(found(inherited)).containsExactly(
                "the inherited sockets are left alone: LISTEN_PID: \"41\" (expected: 42, the gateway's process)");
    }

    @Test
    void aCountThatMakesNoSenseIsNamed() {
        InheritedSockets inherited = InheritedSockets.of(Map.of("sluice.listen.fds", "all", "sluice.listen.pid", "42")::get, 42);

        assertThat(inherited.isEmpty()).isTrue();
        assertThat(found(inherited)).containsExactly("LISTEN_FDS: \"all\" (expected: a number up to 65535)");
    }

    @Test
    void eachDescriptorThatIsNoListeningSocketIsNamed() {
        // the first descriptors of a JVM are its own files
        InheritedSockets inherited = InheritedSockets.of(Map.of("sluice.listen.fds", "2", "sluice.listen.pid", "42",
                "sluice.listen.names", "web:db")::get, 42);

        assertThat(inherited.isEmpty()).isTrue();
        assertThat(found(inherited)).hasSize(2).allMatch(message -> message.endsWith("(expected: a listening TCP socket)"))
                .anyMatch(message -> message.startsWith("inherited descriptor 3 (\"web\") is left alone: "))
                .anyMatch(message -> message.startsWith("inherited descriptor 4 (\"db\") is left alone: "));
    }

    @Test
    void aJvmThatDoesNotOpenItsInsideIsNamedWithTheNextStep() throws Exception {
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Closed.class.getName())
                .redirectErrorStream(true).start();

        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("2 inherited sockets cannot be adopted: ").contains("sun.nio.ch")
                .contains("start the gateway with bin/sluice");
        assertThat(other.waitFor()).isZero();
    }

    /** Runs without the options that open the JDK's inside. */
    static final class Closed {

        private Closed() {
        }

        public static void main(String[] arguments) {
            LiveProblems problems = new LiveProblems();
            InheritedSockets.of(Map.of("sluice.listen.fds", "2", "sluice.listen.pid", "42")::get, 42).compare(Set.of(), problems);
            problems.all().forEach(problem -> System.out.println(problem.message() + "\n" + problem.hint()));
        }
    }

    @Test
    void aSocketServesItsOwnAddressAndNoOther() throws Exception {
        int port = Ports.free();
        InheritedSockets inherited = Descriptors.adopted(new InetSocketAddress("127.0.0.1", port));

        assertThat(inherited.serving(new ListenAddress("127.0.0.1", port)).map(InheritedSocket::address))
                .contains(new ListenAddress("127.0.0.1", port));
        assertThat(inherited.serving(new ListenAddress("127.0.0.2", port))).isEmpty();
        assertThat(inherited.serving(new ListenAddress("0.0.0.0", port))).isEmpty();
    }

    @Test
    void aSocketThatNobodyWantsIsNamedUntilSomebodyDoes() throws Exception {
        int port = Ports.free();
        ListenAddress address = new ListenAddress("127.0.0.1", port);
        InheritedSockets inherited = Descriptors.adopted(new InetSocketAddress("127.0.0.1", port));

        assertThat(found(inherited)).singleElement().asString()
                .startsWith("no service listens on the inherited socket 127.0.0.1:" + port + " (descriptor ");
        inherited.compare(Set.of(address), problems);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aSocketThatIsLentIsWantedWithoutAService() throws Exception {
        int port = Ports.free();
        InheritedSockets inherited = Descriptors.adopted(new InetSocketAddress("127.0.0.1", port));

        assertThat(inherited.lend(new ListenAddress("127.0.0.2", port), "a test")).isEmpty();
        assertThat(found(inherited)).hasSize(1);
        assertThat(inherited.lend(new ListenAddress("127.0.0.1", port), "a test")).hasValueSatisfying(socket ->
                assertThat(socket.isOpen()).isTrue());
        assertThat(found(inherited)).isEmpty();
    }

    private List<String> found(InheritedSockets inherited) {
        inherited.compare(Set.of(), problems);
        return problems.all().stream().map(Problem::message).toList();
    }
}
