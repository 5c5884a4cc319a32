package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.testing.json.JacksonJson;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page that ships says what the routes say of themselves. */
class ApiReferenceTest {

    private static final Path PAGE = Path.of("../../distribution/docs/api-reference.md");

    @Test
    void pageIsWhatTheDocumentSays() throws Exception {
        String made = ApiReference.of(document());
        if (Boolean.getBoolean("sluice.docs.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).as("make it anew:  mvn -pl plugins/admin-http -am test -Dtest=ApiReferenceTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.docs.write=true").isEqualTo(made);
    }

    @Test
    void everyRouteStandsInItOnce() throws Exception {
        String page = ApiReference.of(document());
        for (AdminRoute route : routes()) {
            assertThat(page).containsOnlyOnce("\n## `" + route.method() + " " + route.path() + "`\n");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> document() throws Exception {
        AdminRoute route = routes().stream().filter(one -> one.path().equals("/v1/openapi.json")).findFirst().orElseThrow();
        byte[] answer = ((AdminResponse.Content) route.handler().handle(null).body()).bytes();
        return (Map<String, Object>) new JacksonJson().read(new String(answer, StandardCharsets.UTF_8));
    }

    private static List<AdminRoute> routes() {
        return ApiRoutes.of((GatewayControl) Proxy.newProxyInstance(GatewayControl.class.getClassLoader(),
                new Class<?>[] {GatewayControl.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "json" -> new JacksonJson();
                    case "status" -> new GatewayStatus("0.1.0", 1, GatewayStatus.Phase.READY, Instant.EPOCH, 1, "nio",
                            new GatewayStatus.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0), List.of());
                    default -> null;
                }), List::of);
    }
}
