package io.sluice.plugins.postgresrole;

import io.sluice.plugins.postgresrole.Message.State;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Passed;
import io.sluice.spi.health.StepResult.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Startup, perhaps a password, one question, and leave. */
final class RoleStep implements Step {

    private static final int PROTOCOL_3_0 = 3 << 16;

    /** The first eight digits of a WAL file's name are the timeline, which grows with each promotion. */
    private static final String QUESTION = "SELECT pg_is_in_recovery(), CASE WHEN NOT pg_is_in_recovery()"
            + " THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END";

    private enum Phase { LOGIN, STARTING, ASKED, LEFT }

    private final PostgresRoleConfig config;
    private final Login login;
    private Phase phase = Phase.LOGIN;
    private int read;
    private Row row;

    RoleStep(PostgresRoleConfig config, Login login) {
        this.config = config;
        this.login = login;
    }

    @Override
    public byte[] opening() {
        byte[] settings = Message.strings("user", config.user(), "database", config.database(), "application_name",
                "sluice-health", "");
        return Message.write('\0', ByteBuffer.allocate(4 + settings.length).putInt(PROTOCOL_3_0).put(settings).array());
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        while (phase != Phase.LEFT) {
            Message message = Message.read(unread, read);
            if (message.state() == State.WRONG) {
                return StepResult.failed(phase == Phase.LOGIN && read == 0 ? "the answer is not one of PostgreSQL"
                        : "a message makes no sense");
            }
            if (message.state() == State.PART) {
                return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed(silent());
            }
            read += message.size();
            StepResult result = take(message);
            if (result instanceof Send) {
                read = 0;
            }
            if (!(result instanceof StepResult.NeedMore)) {
                return result;
            }
        }
        return new Passed(0, row.facts());
    }

    private String silent() {
        return switch (phase) {
            case LOGIN -> read == 0 ? "no answer to the startup message came" : "the login did not come to its end";
            case STARTING -> "the server did not become ready";
            default -> "no answer to the question for its role came";
        };
    }

    private StepResult take(Message message) {
        return switch (message.type()) {
            case 'E' -> StepResult.failed(message.field('C').matches("[0-9A-Z]{5}")
                    ? "error " + message.field('C') + ": " + PeerText.quoted(message.field('M'))
                    : "an error without a code came");
            case 'R' -> phase == Phase.LOGIN ? loggingIn(message) : StepResult.failed("a second login is asked for");
            case 'Z' -> ready();
            case 'D' -> phase == Phase.ASKED && row == null ? answered(message)
                    : StepResult.failed("a row came that nobody asked for");
            default -> StepResult.NEED_MORE;
        };
    }

    private StepResult loggingIn(Message message) {
        StepResult result = login.answer(message, read);
        if (login.isDone()) {
            phase = Phase.STARTING;
        }
        return result;
    }

    private StepResult ready() {
        if (phase == Phase.STARTING) {
            phase = Phase.ASKED;
            return new Send(read, Message.write('Q', Message.strings(QUESTION)));
        }
        if (row == null) {
            return StepResult.failed(phase == Phase.LOGIN ? "the server is ready before the login"
                    : "the answer to the question for its role is empty");
        }
        if (row.role() != config.role()) {
            return StepResult.failed("the server is a " + row.role().word() + " (expected: a " + config.role().word()
                    + ")");
        }
        phase = Phase.LEFT;
        return new Send(read, Message.write('X', new byte[0]));
    }

    private StepResult answered(Message message) {
        Optional<Row> answer = Row.read(message.body());
        row = answer.orElse(null);
        return answer.isPresent() ? StepResult.NEED_MORE
                : StepResult.failed("the answer to the question for its role makes no sense");
    }

    /** What the question was answered with; the timeline is 0 for a standby. */
    private record Row(PostgresRoleConfig.Role role, long timeline) {

        static Optional<Row> read(ByteBuffer body) {
            ByteBuffer in = body.duplicate();
            if (in.remaining() < 2 || in.getShort() != 2) {
                return Optional.empty();
            }
            String recovering = column(in);
            String timeline = column(in);
            if (recovering.equals("t") && !in.hasRemaining()) {
                return Optional.of(new Row(PostgresRoleConfig.Role.STANDBY, 0));
            }
            return recovering.equals("f") && timeline.matches("[0-9A-F]{8}") && !in.hasRemaining()
                    ? Optional.of(new Row(PostgresRoleConfig.Role.PRIMARY, Long.parseLong(timeline, 16)))
                    : Optional.empty();
        }

        /** Empty for NULL, and for a length that makes no sense. */
        private static String column(ByteBuffer in) {
            int length = in.remaining() < 4 ? -1 : in.getInt();
            if (length < 0 || length > Math.min(in.remaining(), 64)) {
                return "";
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        Map<String, String> facts() {
            return timeline == 0 ? Map.of("role", role.word())
                    : Map.of("role", role.word(), "epoch", String.valueOf(timeline));
        }
    }
}
