package io.sluice.plugins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {

    /** Nothing of the gateway is asked when the routes are mounted. */
    private final List<AdminRoute> routes = new Dashboard().mount(new DashboardConfig(true), null);

    @Test
    void thePageIsAtTheRootForEverybody() throws ControlRefused {
        AdminRoute page = routes.get(0);
        AdminResponse answer = page.handler().handle(request(Map.of(), Map.of()));

        assertThat(page).extracting(AdminRoute::method, AdminRoute::path, AdminRoute::access)
                .containsExactly("GET", "/", AdminRoute.Access.PUBLIC);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("cache-control", "no-cache");
        assertThat(text(answer)).startsWith("<!doctype html>");
    }

    @Test
    void everyFileIsGivenWithItsTypeAndItsBounds() throws ControlRefused {
        for (String name : StaticFile.NAMES) {
            if (!name.equals("index.html")) {
                AdminResponse answer = file(name, Map.of());
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.headers().get("content-type")).as(name).isEqualTo(
                        name.endsWith(".js") ? "text/javascript; charset=utf-8" : name.endsWith(".css") ? "text/css; charset=utf-8"
                        : "image/svg+xml");
                assertThat(answer.headers().get("content-security-policy")).as(name)
                        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';")
                        .contains("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe", "*", "http");
                assertThat(text(answer)).as(name).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "absent.js", "../dashboard/app.js", "..", ".", "/", "//app.js", "views", "views/",
            "views/../app.js", "%2e%2e/app.js", "app.js/", "app.js\0", "APP.JS", "../META-INF/services/io.sluice.spi.admin.AdminResource",
            "/etc/passwd", "..\\app.js", "../io/sluice/plugins/dashboard/Dashboard.class"})
    void whatIsNoFileOfThePageIsNotThere(String name) {
        assertThatThrownBy(() -> file(name, Map.of())).isInstanceOfSatisfying(ControlRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN));
    }

    @Test
    void whoHasAFileIsToldThatItIsStillTheOne() throws ControlRefused {
        String tag = file("app.js", Map.of()).headers().get("etag");

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            AdminResponse answer = file("app.js", Map.of("if-none-match", List.of(known)));
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.headers()).containsEntry("etag", tag).containsKey("content-security-policy")
                    .containsEntry("cache-control", "no-cache");
            assertThat(text(answer)).isEmpty();
        }
        assertThat(file("app.js", Map.of("if-none-match", List.of("\"other\"", "junk"))).status()).isEqualTo(200);
        assertThat(file("style.css", Map.of()).headers().get("etag")).isNotEqualTo(tag).matches("\"[0-9a-f]{32}\"");
    }

    @Test
    void settingsSwitchItOff() {
        assertThat(new Dashboard().mount(new DashboardConfig(false), null)).isEmpty();
    }

    private AdminResponse file(String name, Map<String, List<String>> headers) throws ControlRefused {
        return routes.get(1).handler().handle(request(Map.of("file", name), headers));
    }

    private static AdminRequest request(Map<String, String> variables, Map<String, List<String>> headers) {
        return new AdminRequest("GET", "/", variables, Map.of(), headers, new byte[0]);
    }

    private static String text(AdminResponse answer) {
        return new String(((AdminResponse.Content) answer.body()).bytes(), StandardCharsets.UTF_8);
    }
}
