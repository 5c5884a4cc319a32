package io.sluice.plugins.mysqlping;

import io.sluice.plugins.mysqlping.Packet.State;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Passed;
import io.sluice.spi.health.StepResult.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Greeting, and perhaps login, ping and leave. */
final class PingStep implements Step {

    private static final int OK = 0;
    private static final int SWITCH = 0xfe;
    private static final int ERROR = 0xff;
    private static final byte COM_QUIT = 1;
    private static final byte COM_PING = 14;

    private enum Phase {
        GREETING("greeting"), LOGIN("answer to the login"), PING("answer to the ping"), QUIT("");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final MysqlPingConfig config;
    private Phase phase = Phase.GREETING;
    private int expected;
    private String version = "";

    PingStep(MysqlPingConfig config) {
        this.config = config;
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        if (phase == Phase.QUIT) {
            return new Passed(0, facts());
        }
        Packet packet = Packet.read(unread);
        if (packet.state() == State.PART) {
            return cause == Cause.BYTES ? StepResult.NEED_MORE
                    : StepResult.failed("the " + phase.words + " did not come, or not to its end");
        }
        if (packet.state() == State.WRONG || packet.sequence() != expected) {
            return StepResult.failed("the " + phase.words + " is not one of MySQL");
        }
        if (packet.type() == ERROR) {
            return error(packet.payload());
        }
        return switch (phase) {
            case GREETING -> greeted(packet);
            case LOGIN -> loggedIn(packet);
            default -> packet.type() == OK ? send(Phase.QUIT, packet, 0, COM_QUIT) : unknown(packet);
        };
    }

    private StepResult greeted(Packet packet) {
        if (packet.type() != 10) {
            return StepResult.failed("protocol version " + packet.type() + " (expected: 10)");
        }
        Optional<Greeting> read = Greeting.read(packet.payload());
        if (read.isEmpty()) {
            return StepResult.failed("the greeting ends too early");
        }
        Greeting greeting = read.get();
        version = greeting.version();
        if (config.version() != null && !version.contains(config.version())) {
            return StepResult.failed("the version is " + PeerText.quoted(version) + " (expected: one with "
                    + PeerText.quoted(config.version()) + ")");
        }
        if (config.user() == null) {
            return new Passed(packet.size(), facts());
        }
        return greeting.canLogIn() ? send(Phase.LOGIN, packet, packet.sequence() + 1, greeting.login(config.user()))
                : StepResult.failed("the server is older than MySQL 4.1: no login is possible");
    }

    private StepResult loggedIn(Packet packet) {
        if (packet.type() == OK) {
            return send(Phase.PING, packet, 0, COM_PING);
        }
        if (packet.type() != SWITCH || expected > 2) {
            return unknown(packet);
        }
        // "no password" is nothing at all, or a NUL for the plugins that expect a text
        String rest = StandardCharsets.ISO_8859_1.decode(packet.payload().duplicate().position(1)).toString();
        byte[] nothing = rest.startsWith("mysql_native_password\0") ? new byte[0] : new byte[1];
        return send(Phase.LOGIN, packet, packet.sequence() + 1, nothing);
    }

    private StepResult unknown(Packet packet) {
        return StepResult.failed("the " + phase.words + " begins with byte " + packet.type() + (phase == Phase.LOGIN
                ? " (expected: 0; the account must have no password)" : " (expected: 0)"));
    }

    private StepResult send(Phase next, Packet packet, int sequence, byte... payload) {
        phase = next;
        expected = sequence + 1;
        return new Send(packet.size(), Packet.write(sequence, payload));
    }

    /** Number, perhaps a # and an SQL state, and a sentence. */
    private static StepResult error(ByteBuffer payload) {
        if (payload.remaining() < 3) {
            return StepResult.failed("an error without a number came");
        }
        String text = StandardCharsets.ISO_8859_1.decode(payload.duplicate().position(3)).toString();
        return StepResult.failed("error " + (payload.getShort(1) & 0xffff) + ": "
                + PeerText.quoted(text.matches("(?s)#.{5}.*") ? text.substring(6) : text));
    }

    private Map<String, String> facts() {
        return Map.of("version", version.substring(0, Math.min(version.length(), 60)).replaceAll("[^ -~]", "?"));
    }
}
