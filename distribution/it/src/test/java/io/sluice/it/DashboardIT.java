package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.Admin.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard on the zip, asked as a browser asks; what a browser makes of it, {@code .ci/dashboard} says. */
class DashboardIT {

    private static final String ADMIN = "\"admin\": { \"address\": \"127.0.0.1:0\" }";
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(dashboard/[^\"]+)\"");

    @TempDir
    private Path base;
    private Gateway gateway;
    private Admin admin;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.on(base).with(ADMIN).start();
        admin = Admin.of(gateway);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anybodyMayHaveThePageAndItsFiles() throws Exception {
        Answer page = admin.anonymous("GET", "/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy")).startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("access-control-allow-origin")).isEmpty();
        assertThat(page.response().body()).contains("<title>Sluice</title>").doesNotContain(admin.key);
        List<String> links = LINK.matcher(page.response().body()).results().map((MatchResult link) -> link.group(1)).toList();
        assertThat(links).isNotEmpty();
        for (String link : links) {
            Answer file = admin.anonymous("GET", "/" + link);
            assertThat(file.status()).as(link).isEqualTo(200);
            assertThat(file.header("x-content-type-options")).as(link).isEqualTo("nosniff");
        }
    }

    @Test
    void browsersAskAgainAndAreToldThatNothingHasChanged() throws Exception {
        Answer first = admin.anonymous("GET", "/dashboard/app.js");
        Answer again = admin.anonymous("GET", "/dashboard/app.js", "If-None-Match", first.etag());
        Answer head = admin.anonymous("HEAD", "/");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("content-length")).isNotEqualTo("0");
    }

    @Test
    void nothingElseIsThere() throws Exception {
        for (String path : List.of("/dashboard/../conf/sluice.json", "/dashboard/%2e%2e/app.js", "/dashboard/..%2fapp.js",
                "/dashboard/%2fetc%2fpasswd", "/dashboard/absent.js", "/dashboard/views/", "/dashboard", "/dashboard/index.html",
                "/dashboard/app.js%00")) {
            String answer = admin.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).startsWith("HTTP/1.1 404 ");
        }
        for (String path : List.of("/", "/dashboard/app.js")) {
            Answer refused = admin.send("POST", path, "x");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("allow")).isEqualTo("GET, HEAD");
        }
        assertThat(admin.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void settingsSwitchItOffAndOnWhileTheGatewayRuns() throws Exception {
        assertThat(admin.get("/").status()).isEqualTo(200);

        gateway.with(ADMIN, "\"plugin_settings\": { \"dashboard\": { \"enabled\": false } }");
        awaitStatus(404);
        assertThat(admin.get("/dashboard/app.js").status()).isEqualTo(404);
        assertThat(admin.get("/v1/status").status()).isEqualTo(200);

        gateway.with(ADMIN);
        awaitStatus(200);
    }

    private void awaitStatus(int expected) throws IOException {
        Gateway.eventually(() -> {
            int status = admin.get("/").status();
            if (status != expected) {
                throw new IOException("still " + status);
            }
            return status;
        });
    }
}
