package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas that ship, as an editor uses them. */
class SchemaIT {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();
    private static final Path SHIPPED = Gateway.HOME.resolve("extras/schema");
    private static final Path SAMPLES = Path.of(System.getProperty("sluice.it.samples"));

    @TempDir
    Path base;

    @Test
    void shippedCopyIsWhatTheCommandPrintsAndTheServerAnswers() throws Exception {
        String shipped = Files.readString(SHIPPED.resolve("definition.schema.json"));
        assertThat(Gateway.on(base).command("schema", "--base", base.toString()).out()).isEqualTo(shipped);
        assertThat(Gateway.run(base, "schema", "--settings", "--base", base.toString()).out())
                .isEqualTo(Files.readString(SHIPPED.resolve("settings.schema.json")));
        try (Gateway gateway = Gateway.on(base).with("\"admin\": { \"address\": \"127.0.0.1:0\" }").start()) {
            assertThat(Admin.of(gateway).get("/v1/schema").json()).isEqualTo(JSON.readTree(shipped));
        }
    }

    @Test
    void everythingThatShipsIsValid() throws IOException {
        Schema definition = shipped("definition");
        Schema settings = shipped("settings");
        List<Path> definitions = new ArrayList<>();
        for (Path folder : List.of(Gateway.HOME.resolve("conf/services"), Gateway.HOME.resolve("demo/conf/services"), SAMPLES)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".json") && !folder.relativize(file).toString().contains("target"))
                        .forEach(definitions::add);
            }
        }
        assertThat(definitions).hasSizeGreaterThan(5);
        for (Path file : definitions) {
            JsonNode content = JSON.readTree(file.toFile());
            for (JsonNode one : content.isArray() ? content : List.of(content)) {
                assertThat(definition.validate(one)).as(file.toString()).isEmpty();
            }
        }
        for (String file : List.of("conf/sluice.json", "demo/conf/sluice.json")) {
            assertThat(settings.validate(JSON.readTree(Gateway.HOME.resolve(file).toFile()))).as(file).isEmpty();
        }
    }

    @Test
    void definitionsInTheCookbookAreValid() throws IOException {
        Schema definition = shipped("definition");
        List<String> blocks = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Gateway.HOME.resolve("docs/cookbook.md"))).results()
                .map((MatchResult block) -> block.group(1)).filter(block -> block.contains("\"listen_port\"")).toList();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            assertThat(definition.validate(JSON.readTree(block))).as(block).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "`\"listen_port\": 70000`,                                              /listen_port",
        "`\"listen_port\": \"6379\"`,                                           /listen_port",
        "`\"protocol\": \"tpc\"`,                                               /protocol",
        "`\"protocol\": { \"name\": \"https\" }`,                               /protocol",
        "`\"layers\": [\"tls\", \"nothing\"]`,                                  /layers/1",
        "`\"active\": \"yes\"`,                                                 /active",
        "`\"proxy\": []`,                                                       /proxy",
        "`\"proxy\": { \"target_list\": \"h:1\" }`,                             /proxy/target_list",
        "`\"proxy\": { \"target_list\": [{ \"url\": 5 }] }`,                    /proxy/target_list/0",
        "`\"proxy\": { \"balancer\": \"best\" }`,                               /proxy/balancer",
        "`\"enable_ip_whitelisting\": \"true\"`,                                /enable_ip_whitelisting",
        "`\"allowed_ips\": [1]`,                                                /allowed_ips",
        "`\"uptime_tests\": { \"check_list\": [{ \"url\": \"h:1\", \"commands\": [{ \"name\": \"shout\" }] }] }`,"
                + " /uptime_tests/check_list/0",
        "`\"certificates\": true`,                                              /certificates",
    })
    void wrongDefinitionIsMarkedWhereItIsWrong(String wrong, String place) throws IOException {
        String field = wrong.substring(0, wrong.indexOf(':'));
        List<String> members = new ArrayList<>(Stream.of("\"listen_port\": 6379", "\"protocol\": \"tcp\"",
                "\"proxy\": { \"target_url\": \"h:1\" }").filter(member -> !member.startsWith(field)).toList());
        Schema definition = shipped("definition");
        assertThat(definition.validate(JSON.readTree("{ \"listen_port\": 6379, \"protocol\": \"tcp\","
                + " \"proxy\": { \"target_url\": \"h:1\" } }"))).isEmpty();
        members.add(wrong);

        List<Error> errors = definition.validate(JSON.readTree("{ " + String.join(", ", members) + " }"));

        assertThat(errors).isNotEmpty();
        assertThat(errors).extracting(error -> error.getInstanceLocation().toString())
                .allMatch(at -> at.equals(place) || at.startsWith(place + "/"));
    }

    @Test
    void missingFieldsAndWrongSettingsAreFoundToo() throws IOException {
        assertThat(shipped("definition").validate(JSON.readTree("{}"))).extracting(Error::getProperty)
                .containsExactlyInAnyOrder("listen_port", "protocol", "proxy");
        Schema settings = shipped("settings");
        assertThat(places(settings, "{ \"timeouts\": { \"idle\": true } }")).allMatch(at -> at.startsWith("/timeouts/idle"))
                .isNotEmpty();
        assertThat(places(settings, "{ \"timeouts\": { \"idle\": \"1d\", \"drain\": 0.5, \"connect\": \"0\" } }")).isEmpty();
        assertThat(places(settings, "{ \"timeouts\": { \"idle\": \"10\" } }")).contains("/timeouts/idle");
        assertThat(places(settings, "{ \"transport\": \"dpdk\" }")).containsExactly("/transport");
        assertThat(places(settings, "{ \"ports_whitelist\": { \"tcp\": { \"ports\": [\"x\"] } } }"))
                .containsExactly("/ports_whitelist/tcp/ports/0");
        assertThat(places(settings, "{ \"plugin_settings\": { \"admin_http\": { \"max_connections\": \"many\" } } }"))
                .containsExactly("/plugin_settings/admin_http/max_connections");
    }

    @Test
    void settingsOfTlsAreDescribedAsEditorsShowThem() throws IOException {
        Schema settings = shipped("settings");
        assertThat(places(settings, "{ \"http_server_options\": { \"min_version\": 771, \"max_version\": \"1.3\", \"ssl_ciphers\":"
                + " \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\", \"ssl_certificates\": [\"certs/a.pem\"] }, \"security\": { \"certificates\":"
                + " { \"upstream\": { \"*\": \"certs/a.pem\" } }, \"pinned_public_keys\": { \"a\": \"p,q\", \"b\": [\"p\"] } } }")).isEmpty();
        assertThat(places(settings, "{ \"http_server_options\": { \"min_version\": \"1.1\" } }"))
                .containsExactly("/http_server_options/min_version");
        assertThat(places(settings, "{ \"http_server_options\": { \"ssl_ciphers\": true } }"))
                .isNotEmpty().allMatch(at -> at.startsWith("/http_server_options/ssl_ciphers"));
        assertThat(places(settings, "{ \"security\": { \"certificates\": { \"upstream\": [\"a.pem\"] } } }"))
                .containsExactly("/security/certificates/upstream");
        assertThat(places(settings, "{ \"security\": { \"pinned_public_keys\": { \"a\": 5 } } }"))
                .isNotEmpty().allMatch(at -> at.startsWith("/security/pinned_public_keys/a"));

        JsonNode properties = JSON.readTree(SHIPPED.resolve("settings.schema.json").toFile()).get("properties");
        JsonNode server = properties.get("http_server_options").get("properties");
        JsonNode security = properties.get("security").get("properties");
        assertThat(server.get("min_version").get("default").asText()).isEqualTo("1.2");
        assertThat(server.get("max_version").get("default").asText()).isEqualTo("1.3");
        assertThat(security.get("pinned_public_keys").get("default")).isEmpty();
        for (JsonNode field : List.of(properties.get("http_server_options"), server.get("min_version"), server.get("max_version"),
                server.get("ssl_ciphers"), server.get("ssl_certificates"), properties.get("security"),
                security.get("certificates").get("properties").get("upstream"), security.get("pinned_public_keys"))) {
            assertThat(field.get("description").asText()).as(field.toString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"definition", "settings"})
    void defaultsAndExamplesAreValidThemselves(String name) throws IOException {
        JsonNode schema = JSON.readTree(SHIPPED.resolve(name + ".schema.json").toFile());
        int values = valuesAreValid(schema);
        assertThat(values).isPositive();
    }

    private static int valuesAreValid(JsonNode schema) {
        List<JsonNode> values = new ArrayList<>();
        schema.path("examples").forEach(values::add);
        if (schema.isObject() && schema.has("default")) {
            values.add(schema.get("default"));
        }
        Schema own = values.isEmpty() ? null
                : SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
        values.forEach(value -> assertThat(own.validate(value)).as("%s of %s", value, schema).isEmpty());
        int found = values.size();
        for (JsonNode inner : schema.path("properties")) {
            found += valuesAreValid(inner);
        }
        return found;
    }

    @Test
    void misspeltSettingsOfTlsAreWarningsWithTheNearestName() throws IOException {
        Gateway.on(base).settings("{ \"disable_ports_whitelist\": true, \"http_server_options\": { \"min_versoin\": \"1.2\" },"
                + " \"security\": { \"certificate\": {}, \"certificates\": { \"upsteam\": {} } }, \"securty\": {} }");
        Gateway.Result check = Gateway.run(base, "check", "--base", base.toString());
        assertThat(check.out()).contains("unknown field \"http_server_options.min_versoin\"", "did you mean \"min_version\"?",
                "unknown field \"security.certificate\"", "did you mean \"certificates\"?",
                "unknown field \"security.certificates.upsteam\"", "did you mean \"upstream\"?",
                "unknown field \"securty\"", "did you mean \"security\"?", "0 errors, 4 warnings");
        assertThat(check.exit()).isZero();
    }

    @Test
    void filesMayNameTheirSchemaWithoutAWarning() throws IOException {
        Gateway.on(base).settings("{ \"$schema\": \"../settings.schema.json\", \"disable_ports_whitelist\": true }")
                .service("a", "{ \"$schema\": \"../../definition.schema.json\", " + Gateway.tcp("a", 6379, "h:1").substring(1));
        Gateway.Result check = Gateway.run(base, "check", "--base", base.toString());
        assertThat(check.out()).isEqualTo("0 errors, 0 warnings, 1 services\n");
    }

    @Test
    void manualPageAndCompletionShipAsTheCommandsPrintThem() throws IOException {
        String page = Gateway.run(base, "man").out();
        assertThat(page).isEqualTo(Files.readString(Gateway.HOME.resolve("extras/man/sluice.1")))
                .contains(".SS \"sluice schema\"", "\\-\\-ready\\-file", ".SH EXIT STATUS");
        assertThat(Gateway.run(base, "completion").out())
                .isEqualTo(Files.readString(Gateway.HOME.resolve("extras/completion/sluice"))).endsWith("\n");
    }

    private static List<String> places(Schema schema, String text) throws IOException {
        JsonNode value = JSON.readTree(text);
        return schema.validate(value).stream().map(error -> error.getInstanceLocation().toString()).toList();
    }

    private static Schema shipped(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.readTree(SHIPPED.resolve(name + ".schema.json").toFile()));
    }
}
