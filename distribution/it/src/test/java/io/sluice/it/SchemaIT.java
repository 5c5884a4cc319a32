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
        try (Gateway gateway = Gateway.on(base).settings("{ \"admin\": { \"address\": \"127.0.0.1:0\" } }").start()) {
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
