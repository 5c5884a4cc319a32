package io.sluice.plugins.tyk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.config.NoConfig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TykApiTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    private final FakeGateway gateway = new FakeGateway();
    private final List<AdminRoute> routes = new TykApi().mount(new NoConfig(), gateway);

    @Test
    void aDefinitionIsAddedListedChangedAndDeleted() throws Exception {
        String definition = "{\"name\":\"Redis\",\"api_id\":\"redis\",\"version_data\":{\"x\":[1,2.50]},\"listen_port\":6379}";

        assertThat(ask("POST", "/tyk/apis", definition)).isEqualTo("200 {\"key\":\"redis\",\"status\":\"ok\",\"action\":\"added\"}");
        assertThat(ask("GET", "/tyk/apis/", "")).isEqualTo("200 [" + definition + "]");
        assertThat(ask("GET", "/tyk/apis/redis", "")).isEqualTo("200 " + definition);
        assertThat(ask("PUT", "/tyk/apis/redis", definition.replace("6379", "6380")))
                .isEqualTo("200 {\"key\":\"redis\",\"status\":\"ok\",\"action\":\"modified\"}");
        assertThat(ask("GET", "/tyk/apis/redis", "")).contains("6380");
        assertThat(ask("DELETE", "/tyk/apis/redis", "")).isEqualTo("200 {\"key\":\"redis\",\"status\":\"ok\",\"action\":\"deleted\"}");
        assertThat(ask("GET", "/tyk/apis", "")).isEqualTo("200 []");
    }

    @Test
    void aDefinitionWithoutAnIdGetsOneThatItCarries() throws Exception {
        String answer = ask("POST", "/tyk/apis/", "{\"name\":\"x\"}");

        String id = gateway.services.all().get(0).id();
        assertThat(answer).isEqualTo("200 {\"key\":\"" + id + "\",\"status\":\"ok\",\"action\":\"added\"}");
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(ask("GET", "/tyk/apis/" + id, "")).isEqualTo("200 {\"name\":\"x\",\"api_id\":\"" + id + "\"}");
    }

    @Test
    void whatIsNotThereIsNotFoundInTyksWords() throws Exception {
        String notFound = "404 {\"status\":\"error\",\"message\":\"API not found\"}";

        assertThat(ask("GET", "/tyk/apis/none", "")).isEqualTo(notFound);
        assertThat(ask("PUT", "/tyk/apis/none", "{}")).isEqualTo(notFound);
        assertThat(ask("DELETE", "/tyk/apis/none", "")).isEqualTo(notFound);
        assertThat(ask("GET", "/tyk/certs/" + A, ""))
                .isEqualTo("404 {\"status\":\"error\",\"message\":\"Certificate with given SHA256 fingerprint not found\"}");
    }

    @Test
    void aDefinitionThatCannotRunIsRefusedWithItsReasons() throws Exception {
        assertThat(ask("POST", "/tyk/apis", "{\"api_id\":\"x\",\"listen_port\":70000}"))
                .startsWith("400 {\"status\":\"error\",\"message\":\"listen_port: 70000 (expected: 1 to 65535)\",\"errors\":[{")
                .contains("\"hint\":\"choose another\"");
        assertThat(ask("POST", "/tyk/apis", "{\"api_id\":\"x\",\"listen_port\":1}"))
                .isEqualTo("409 {\"status\":\"error\",\"message\":\"another service has this port\"}");
        assertThat(gateway.services.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "[{}]", "null", "7", "\"x\"", "{} {}"})
    void whatIsNoDefinitionIsMalformed(String body) throws Exception {
        ask("POST", "/tyk/apis", "{\"api_id\":\"x\"}");

        assertThat(ask("POST", "/tyk/apis", body)).startsWith("400 {\"status\":\"error\",\"message\":\"Request malformed: ");
        assertThat(ask("PUT", "/tyk/apis/x", body)).startsWith("400 {\"status\":\"error\",\"message\":\"Request malformed: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "eda080", "c080"})
    void whatIsNoUtf8IsMalformed(String bytes) throws Exception {
        ask("POST", "/tyk/apis", "{\"api_id\":\"x\"}");
        String body = "{\"api_id\":\"x\",\"name\":\"" + new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1) + "\"}";

        for (String request : List.of("POST /tyk/apis", "PUT /tyk/apis/x", "POST /tyk/apis?dry_run=true")) {
            String[] words = request.split(" ");
            assertThat(ask(words[0], words[1], body.getBytes(StandardCharsets.ISO_8859_1)))
                    .isEqualTo("400 {\"status\":\"error\",\"message\":\"Request malformed: it is not UTF-8 text\"}");
        }
        assertThat(ask("GET", "/tyk/apis/x", "")).isEqualTo("200 {\"api_id\":\"x\"}");
    }

    @Test
    void theIdInThePathAndInTheDefinitionMustMatch() throws Exception {
        ask("POST", "/tyk/apis", "{\"api_id\":\"x\"}");

        assertThat(ask("PUT", "/tyk/apis/x", "{\"api_id\":\"y\"}"))
                .startsWith("400 {\"status\":\"error\",\"message\":\"Request APIID does not match that in Definition!");
        assertThat(ask("PUT", "/tyk/apis/x", "{\"id\":\"x\"}")).startsWith("200 ");
    }

    @Test
    void aReloadIsDoneWhenItIsAnswered() throws Exception {
        for (String path : List.of("/tyk/reload", "/tyk/reload/", "/tyk/reload/group")) {
            assertThat(ask("GET", path, "")).contains("200 ", "\"status\":\"ok\"", "\"message\":\"\"");
        }
        assertThat(gateway.reloads).isEqualTo(3);
    }

    @Test
    void aPreviewOfAReloadIsNone() throws Exception {
        assertThat(ask("GET", "/tyk/reload?dry_run=true", ""))
                .contains("200 ", "\"status\":\"ok\"", "\"message\":\"listen_port: 0 (expected: 1 to 65535)\"");
        assertThat(ask("GET", "/tyk/reload/group?dry-run=true", "")).startsWith("400 ");
        assertThat(gateway.reloads).isZero();
    }

    @Test
    void certificatesAreAddedListedShownAndRemoved() throws Exception {
        assertThat(ask("POST", "/tyk/certs", "PEM a")).isEqualTo("200 {\"id\":\"" + A + "\",\"status\":\"ok\",\"message\":\"Certificate added\"}");
        assertThat(ask("POST", "/tyk/certs?org_id=acme", "PEM b")).contains("\"id\":\"acme" + B + "\"");
        assertThat(ask("GET", "/tyk/certs", "")).isEqualTo("200 {\"certs\":[\"" + A + "\",\"" + B + "\"]}");
        assertThat(ask("GET", "/tyk/certs?org_id=acme&mode=detailed", "")).startsWith("200 {\"certs\":[{\"id\":\"acme" + A
                + "\",\"issuer_cn\":\"CA\",\"subject_cn\":\"a.example.com\",\"dns_names\":[\"a.example.com\"],\"has_private\":true,"
                + "\"not_before\":\"1970-01-01T00:00:00Z\",\"not_after\":\"2030-03-17T17:46:40Z\"}");
        assertThat(ask("GET", "/tyk/certs/acme" + A, "")).startsWith("200 {\"id\":\"acme" + A + "\",\"fingerprint\":\"" + A
                + "\",\"has_private\":true,\"issuer\":{\"Country\":null,").contains(
                "\"subject\":{\"Country\":[\"DE\"],\"Organization\":[\"Other\",\"Acme\"],\"OrganizationalUnit\":null,\"Locality\":null,"
                        + "\"Province\":null,\"StreetAddress\":null,\"PostalCode\":null,\"SerialNumber\":\"\",\"CommonName\":\"a.example.com\"}");
        assertThat(ask("GET", "/tyk/certs/" + A + "," + "c".repeat(64), "")).startsWith("200 [{").endsWith(",null]");
        assertThat(ask("DELETE", "/tyk/certs/acme" + A, "")).contains("200 ", "\"message\":\"removed\"");
        assertThat(ask("DELETE", "/tyk/certs/" + A, "")).contains("200 ", "\"message\":\"removed\"");
        assertThat(gateway.certificates).containsOnlyKeys(B);
    }

    @Test
    void everyChangeMayBeOnlyAPreview() throws Exception {
        ask("POST", "/tyk/apis", "{\"api_id\":\"x\"}");
        ask("POST", "/tyk/certs", "PEM a");

        assertThat(ask("POST", "/tyk/apis?dry_run=true", "{\"api_id\":\"y\"}")).startsWith("200 ");
        assertThat(ask("DELETE", "/tyk/apis/x?dry_run=true", "")).startsWith("200 ");
        assertThat(ask("POST", "/tyk/certs?dry_run=true", "PEM b")).startsWith("200 ");
        assertThat(ask("DELETE", "/tyk/certs/" + A + "?dry_run=true", "")).startsWith("200 ");
        for (String misspelt : List.of("dry_run=perhaps", "dry_run=TRUE", "dry_run=1", "DRY_RUN=true", "dry-run=true", "dryrun=true",
                "dr_yrun=true")) {
            assertThat(ask("DELETE", "/tyk/apis/x?" + misspelt, "")).as(misspelt).startsWith("400 {\"status\":\"error\"")
                    .contains("expected: ");
        }
        assertThat(ask("POST", "/tyk/apis?dry_run=true&base_api_id=none&laundry=1", "{\"api_id\":\"y\"}")).as("of Tyk's").startsWith("200 ");
        assertThat(gateway.services.all()).extracting(service -> service.id()).containsExactly("x");
        assertThat(gateway.certificates).containsOnlyKeys(A);
    }

    @Test
    void aCertificateThatIsThereIsNotAddedAgain() throws Exception {
        ask("POST", "/tyk/certs", "PEM a");

        assertThat(ask("POST", "/tyk/certs", "PEM a"))
                .isEqualTo("403 {\"status\":\"error\",\"message\":\"Certificate with " + A + " id already exists\"}");
        assertThat(ask("POST", "/tyk/certs?org_id=acme&dry_run=true", "PEM a"))
                .isEqualTo("403 {\"status\":\"error\",\"message\":\"Certificate with acme" + A + " id already exists\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"api_id\":7", "\"api_id\":true", "\"api_id\":[]", "\"id\":7"})
    void anIdThatIsNoStringIsNotReplacedInSilence(String field) throws Exception {
        ask("POST", "/tyk/apis", "{\"api_id\":\"x\"}");

        for (String request : List.of("POST /tyk/apis", "PUT /tyk/apis/x")) {
            String[] words = request.split(" ");
            assertThat(ask(words[0], words[1], "{\"name\":\"n\"," + field + "}"))
                    .startsWith("400 {\"status\":\"error\",\"message\":\"Request malformed: ").contains("(expected: a string)");
        }
        assertThat(gateway.services.all()).hasSize(1);
    }

    @Test
    void aDefinitionThatTykStoredBesideADatabaseIdIsTheOneOfItsApiId() throws Exception {
        assertThat(ask("POST", "/tyk/apis", "{\"id\":\"5e9d9544a1dcd60001d0ed20\",\"api_id\":\"x\"}")).contains("\"key\":\"x\"");
        assertThat(ask("PUT", "/tyk/apis/x", "{\"id\":\"5e9d9544a1dcd60001d0ed20\",\"api_id\":\"x\"}")).startsWith("200 ");
    }

    @Test
    void whatIsNoCertificateIsRefusedAsTykDoes() throws Exception {
        assertThat(ask("POST", "/tyk/certs", "junk")).isEqualTo("403 {\"status\":\"error\",\"message\":\"this is no PEM\"}");
    }

    @Test
    void everyRouteWantsTyksCredentials() {
        assertThat(routes).allMatch(route -> route.access() == AdminRoute.Access.TYK);
    }

    /** Status and body. */
    private String ask(String method, String pathAndQuery, String body) throws Exception {
        return ask(method, pathAndQuery, body.getBytes(StandardCharsets.UTF_8));
    }

    private String ask(String method, String pathAndQuery, byte[] body) throws Exception {
        String[] parts = pathAndQuery.split("\\?");
        Map<String, List<String>> query = new HashMap<>();
        for (String parameter : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            query.put(parameter.split("=")[0], List.of(parameter.split("=")[1]));
        }
        for (AdminRoute route : routes) {
            String prefix = route.path().replace("{id}", "");
            boolean variable = route.path().endsWith("{id}");
            if (route.method().equals(method) && (variable ? parts[0].startsWith(prefix) && parts[0].length() > prefix.length()
                    : parts[0].equals(route.path()))) {
                Map<String, String> variables = variable ? Map.of("id", parts[0].substring(prefix.length())) : Map.of();
                AdminResponse response = route.handler().handle(new AdminRequest(method, parts[0], variables, query, Map.of(),
                        body));
                return response.status() + " " + new String(((AdminResponse.Content) response.body()).bytes(), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no route for " + method + " " + pathAndQuery);
    }
}
