package io.sluice.plugins.redisrole;

import io.sluice.plugins.redisrole.Reply.Kind;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks for a sign of life and for the state of replication. {@code PING} stands in front because {@code INFO} is answered
 * by a server that is still loading its data too.
 */
final class RoleStep implements Step {

    private final RedisRoleConfig config;

    RoleStep(RedisRoleConfig config) {
        this.config = config;
    }

    @Override
    public byte[] opening() {
        return "PING\r\nINFO replication\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        Reply pong = Reply.read(unread, 0);
        if (pong.kind() != Kind.LINE) {
            return unusable(pong, "PING", cause);
        }
        if (!pong.text().equals("PONG")) {
            return StepResult.failed("the answer to PING is " + PeerText.quoted(pong.text()) + " (expected: PONG)");
        }
        Reply info = Reply.read(unread, pong.size());
        return info.kind() == Kind.BULK ? judge(info.text(), pong.size() + info.size(), unread)
                : unusable(info, "INFO replication", cause);
    }

    private static StepResult unusable(Reply reply, String command, Cause cause) {
        return switch (reply.kind()) {
            case PART -> cause == Cause.BYTES ? StepResult.NEED_MORE
                    : StepResult.failed("no answer to " + command + " came");
            case ERROR -> StepResult.failed(command + " was answered with " + PeerText.quoted(reply.text())
                    + (reply.text().startsWith("NOAUTH") ? "; the check needs a password" : ""));
            case WRONG -> StepResult.failed("the answer to " + command + " is not one of Redis: "
                    + PeerText.quoted(reply.text()));
            default -> StepResult.failed(command + " was answered with another kind of reply");
        };
    }

    private StepResult judge(String info, int size, ByteBuffer unread) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : info.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        String role = fields.getOrDefault("role", "");
        String wanted = config.role() == RedisRoleConfig.Role.MASTER ? "master" : "slave";
        if (!role.equals(wanted)) {
            return new Failed("the server " + (role.equals("slave") ? "is a replica" : role.equals("master")
                    ? "is a master" : "names no role") + " (expected: a " + config.role().word() + ")",
                    indexOf("role:", unread));
        }
        if (config.linkUp() && !"up".equals(fields.get("master_link_status"))) {
            return new Failed("the replica's link to its master is not up", indexOf("master_link_status:", unread));
        }
        return new Passed(size, facts(fields));
    }

    /** Where the value of a field begins; -1 if it is not there. */
    private static int indexOf(String field, ByteBuffer unread) {
        int at = StandardCharsets.ISO_8859_1.decode(unread.duplicate()).toString().indexOf("\r\n" + field);
        return at < 0 ? -1 : at + 2 + field.length();
    }

    /** For the transcript. None of them is an epoch: see the README. */
    private Map<String, String> facts(Map<String, String> fields) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("role", config.role().word());
        String offset = fields.getOrDefault("master_repl_offset", "");
        if (offset.matches("[0-9]{1,19}")) {
            facts.put("offset", offset);
        }
        return facts;
    }
}
