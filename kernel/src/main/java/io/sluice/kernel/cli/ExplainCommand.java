package io.sluice.kernel.cli;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice explain}: where a connection would go, and why. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Say where a connection would go, and why, without opening it.",
        footer = {"", "Exit codes: 0 it would be accepted, 1 it would be refused."})
final class ExplainCommand implements Callable<Integer> {

    private static final Pattern STORED = Pattern.compile("[0-9a-f]{64}");
    private static final int LARGEST = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Option(names = "--port", paramLabel = "N", required = true, description = "the port that the client connects to")
    private int port;

    @Option(names = "--address", paramLabel = "IP", description = "the address that it connects to")
    private String address;

    @Option(names = "--server-name", paramLabel = "NAME", description = "the server name in its TLS handshake")
    private String serverName;

    @Option(names = "--client", paramLabel = "IP", description = "the client's address")
    private String client;

    @Option(names = "--presented-client", paramLabel = "IP", description = "the address that a PROXY header presents")
    private String presentedClient;

    @Option(names = "--alpn", paramLabel = "NAME", description = "an application protocol that it offers; may be given several times, in order")
    private List<String> alpn;

    @Option(names = "--client-certificate", paramLabel = "FILE", description = "the certificate that it shows: a PEM file, or the id of a stored one")
    private String clientCertificate;

    @Override
    public Integer call() throws AdminFailure {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: " + port + " (expected: 1 to 65535)");
        }
        AdminClient gateway = admin.client();
        Answer answer = gateway.send("POST", Route.of("v1", "explain"), JsonText.write(question()));
        format.print(answer, ExplainCommand::print);
        return answer.fields().text("outcome").equals("accepted") ? ExitCode.OK : ExitCode.FAILED;
    }

    private Map<String, Object> question() {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("port", port);
        question.put("address", address);
        question.put("server_name", serverName);
        question.put("client", client);
        question.put("presented_client", presentedClient);
        question.put("alpn", alpn);
        question.put("client_certificate", clientCertificate == null ? null : certificate());
        question.values().removeIf(Objects::isNull);
        return question;
    }

    private String certificate() {
        if (STORED.matcher(clientCertificate).matches()) {
            return clientCertificate;
        }
        try (InputStream in = Files.newInputStream(Path.of(clientCertificate))) {
            // more than the gateway takes; a device has no end
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readNBytes(LARGEST))).toString();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--client-certificate: " + clientCertificate
                    + " (expected: a PEM file that can be read, or an id of 64 hex digits)", e);
        }
    }

    private static void print(Answer answer, Screen screen) {
        Fields decision = answer.fields();
        String reason = decision.text("reason").isEmpty() ? "" : ": " + decision.text("reason");
        screen.line(decision.text("outcome") + reason);
        for (String name : new String[] {"listener", "service", "target"}) {
            screen.line(String.format("  %-9s %s", name, decision.text(name).isEmpty() ? "-" : decision.text(name)));
        }
        Table steps = new Table("STEP", "RESULT", "DETAIL");
        decision.objects("steps").forEach(step -> steps.row(step.text("step"), step.text("result"), step.text("detail")));
        print(steps, screen);
        Table candidates = new Table("CANDIDATE", ">WEIGHT", "HEALTH", "STATE", "IN", "REASON");
        decision.objects("candidates").forEach(target -> candidates.row(target.text("target"), target.text("weight"),
                target.text("health"), target.text("state"), target.is("in") ? "yes" : "no", target.text("reason")));
        print(candidates, screen);
    }

    private static void print(Table table, Screen screen) {
        if (!table.isEmpty()) {
            screen.line("");
            screen.table(table);
        }
    }
}
