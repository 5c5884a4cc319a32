package io.sluice.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNoticeTest {

    @TempDir
    private Path folder;

    @Test
    void systemdIsToldWhatHappens() throws IOException {
        SystemdNotice notice = notice(Map.of("NOTIFY_SOCKET", "/run/systemd/notify"));

        notice.ready("2 of 2 listeners open").join();
        notice.stopping("draining").join();

        assertThat(folder.resolve("told")).hasContent("--ready --status=2 of 2 listeners open\nSTOPPING=1 --status=draining\n");
    }

    @Test
    void nobodyIsToldWhenSystemdDidNotAsk() throws IOException {
        notice(Map.of()).ready("x").join();

        assertThat(folder.resolve("told")).doesNotExist();
    }

    @Test
    void theGatewayGoesOnWhenItCannotBeTold() {
        new SystemdNotice(Map.of("NOTIFY_SOCKET", "x"), List.of(folder.resolve("missing").toString())).ready("x").join();
        new SystemdNotice(Map.of("NOTIFY_SOCKET", "x"), List.of("false")).ready("x").join();
    }

    private SystemdNotice notice(Map<String, String> environment) throws IOException {
        Path script = Files.writeString(folder.resolve("notify"), "echo \"$@\" >>'" + folder.resolve("told") + "'\n");
        return new SystemdNotice(environment, List.of("sh", script.toString()));
    }
}
