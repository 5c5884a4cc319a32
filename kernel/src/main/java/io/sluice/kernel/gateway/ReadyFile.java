package io.sluice.kernel.gateway;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.problem.ProblemPrinter;
import io.sluice.kernel.runtime.ListenerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that says what is open: {@code --ready-file}. Replaced atomically, so a reader never sees half of it.
 */
final class ReadyFile {

    private final Path file;
    private String written = "";
    private List<ListenerStatus> shown = List.of();
    private String shownText = "[]";

    ReadyFile(Path file) {
        this.file = file;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Removes what an earlier run left: it would speak of a process that is gone. */
    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Writes the state, if it differs from what was written last. */
    void write(Plan plan, Door.Open admin, List<ListenerStatus> listeners, List<Problem> problems) throws IOException {
        if (!listeners.equals(shown)) {
            shown = listeners;
            shownText = JsonText.write(listeners.stream().map(ReadyFile::listener).toList());
        }
        String text = text(plan, admin, shownText, problems);
        if (text.equals(written)) {
            return;
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, text, StandardCharsets.UTF_8);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = text;
    }

    /** A thousand listeners are most of the text, and most plans leave them as they are: they come as text already. */
    private static String text(Plan plan, Door.Open admin, String listeners, List<Problem> problems) {
        return "{\"pid\":" + ProcessHandle.current().pid()
                + ",\"admin\":" + admin.url().map(JsonText::write).orElse("null")
                + ",\"admin_socket\":" + admin.socket().map(path -> JsonText.write(path.toString())).orElse("null")
                + ",\"revision\":" + plan.revision()
                + ",\"listeners\":" + listeners
                + ",\"problems\":" + JsonText.write(problems.stream().map(ReadyFile::problem).toList()) + "}\n";
    }

    private static Map<String, Object> listener(ListenerStatus status) {
        Map<String, Object> listener = new LinkedHashMap<>();
        listener.put("address", status.address().toString());
        listener.put("protocol", status.protocol());
        listener.put("services", status.services());
        listener.put("state", status.open() ? "open" : "failed");
        listener.put("reason", status.open() ? null : status.reason());
        return listener;
    }

    private static Map<String, Object> problem(Problem problem) {
        return ProblemPrinter.json(problem);
    }
}
