package io.sluice.plugins.httpdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.json.JsonException;
import io.sluice.testing.json.JacksonJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of Consul, etcd, Eureka, Mesosphere and ZooKeeper, with the settings that Tyk documents for them. */
class AnswerShapeTest {

    private static List<String> targets(HttpConfig config, String answer) throws DiscoveryException, JsonException {
        JacksonJson json = new JacksonJson();
        return new AnswerShape(config, json).targets(json.read(answer)).stream().map(FoundTarget::address).toList();
    }

    @Test
    void consulCatalogueListsServicesWithPortsElsewhere() throws Exception {
        assertThat(targets(Configs.paths("Address", "", "ServicePort", "array list"), """
                [ { "Node": "n1", "Address": "10.2.0.11", "ServiceID": "cache", "ServiceName": "cache", "ServicePort": 8000 },
                  { "Node": "n2", "Address": "10.2.0.12", "ServiceID": "cache", "ServiceName": "cache", "ServicePort": 8001 } ]"""))
                .containsExactly("10.2.0.11:8000", "10.2.0.12:8001");
    }

    @Test
    void consulHealthIsAListEvenWhereTheDefinitionDoesNotSaySo() throws Exception {
        assertThat(targets(Configs.paths("Service.Address", "", "Service.Port", "list"), """
                [ { "Node": { "Address": "10.3.0.1" }, "Service": { "ID": "a", "Address": "10.3.0.1", "Port": 8080 } },
                  { "Node": { "Address": "10.3.0.2" }, "Service": { "ID": "b", "Address": "10.3.0.2", "Port": 8080 } } ]"""))
                .containsExactly("10.3.0.1:8080", "10.3.0.2:8080");
    }

    @Test
    void consulEntriesMayHoldJsonInStrings() throws Exception {
        assertThat(targets(Configs.paths("hostname", "Data", "port", "array list nested"), """
                [ { "Name": "one", "Data": "{\\"hostname\\": \\"one.example\\", \\"port\\": \\"80\\"}" },
                  { "Name": "two", "Data": "{\\"hostname\\": \\"two.example\\", \\"port\\": \\"81\\"}" } ]"""))
                .containsExactly("one.example:80", "two.example:81");
    }

    @Test
    void etcdHasOneValue() throws Exception {
        assertThat(targets(Configs.paths("node.value", "", "", ""), """
                { "action": "get", "node": { "key": "/services/one", "value": "http://one.example:6000", "createdIndex": 6 } }"""))
                .containsExactly("one.example:6000");
    }

    @Test
    void etcdMayHoldOneObjectInAString() throws Exception {
        assertThat(targets(Configs.paths("hostname", "node.value", "port", "nested"), """
                { "node": { "key": "/services/one", "value": "{\\"hostname\\": \\"http://one.example\\", \\"port\\": \\"80\\"}" } }"""))
                .containsExactly("one.example:80");
    }

    @Test
    void etcdMayHoldAListInAString() throws Exception {
        String value = "[{\\\"hostname\\\": \\\"one.example\\\", \\\"port\\\": \\\"80\\\"},"
                + " {\\\"hostname\\\": \\\"two.example\\\", \\\"port\\\": 81}]";
        String answer = "{ \"node\": { \"value\": \"" + value + "\" } }";

        assertThat(targets(Configs.paths("hostname", "node.value", "port", "nested list"), answer))
                .containsExactly("one.example:80", "two.example:81");
        assertThat(targets(Configs.paths("hostname", "node.value", "port", "nested"), answer))
                .containsExactly("one.example:80");
    }

    @Test
    void etcdMayHoldAnObjectWithAListInAStringAsInTyksReference() throws Exception {
        assertThat(targets(Configs.paths("array.hostname", "node.value", "array.port", "nested list"), """
                { "node": { "value": "{\\"array\\": [{\\"hostname\\": \\"one.example\\", \\"port\\": \\"80\\"},
                 {\\"hostname\\": \\"two.example\\", \\"port\\": \\"81\\"}]}" } }""".replace("\n", "")))
                .containsExactly("one.example:80", "two.example:81");
    }

    @Test
    void etcdDirectoriesHoldAStringForEachTarget() throws Exception {
        assertThat(targets(Configs.paths("h", "node.nodes.value", "p", "nested list"), """
                { "node": { "dir": true, "nodes": [ { "key": "/a", "value": "{\\"h\\": \\"a.example\\", \\"p\\": 1}" },
                  { "key": "/b", "value": "{\\"h\\": \\"b.example\\", \\"p\\": 2}" } ] } }"""))
                .containsExactly("a.example:1", "b.example:2");
    }

    @Test
    void eurekaHasInstancesWithPortsInObjects() throws Exception {
        HttpConfig eureka = Configs.paths("hostName", "application.instance", "port.$", "list");
        assertThat(targets(eureka, """
                { "application": { "name": "ROUTE", "instance": [
                  { "hostName": "ip-10-1-57-136", "port": { "@enabled": "true", "$": "60565" }, "securePort": { "$": "443" } },
                  { "hostName": "ip-10-1-13-37", "port": { "@enabled": "true", "$": 50045 } } ] } }"""))
                .containsExactly("ip-10-1-57-136:60565", "ip-10-1-13-37:50045");
        assertThat(targets(eureka, """
                { "application": { "instance": { "hostName": "only", "port": { "$": 1 } } } }"""))
                .as("a list of one that Eureka writes as an object").containsExactly("only:1");
    }

    @Test
    void mesosphereHasListsOfPorts() throws Exception {
        assertThat(targets(Configs.paths("host", "tasks", "ports", "list"), """
                { "tasks": [ { "id": "a", "host": "a.example", "ports": [31001, 31002] },
                  { "id": "b", "host": "b.example", "ports": [31005] } ] }"""))
                .containsExactly("a.example:31001", "b.example:31005");
    }

    @Test
    void zookeeperHasAHostAndThePortStandsInTheDefinition() throws Exception {
        HttpConfig zookeeper = Configs.paths("data.path", "", "", "");
        String answer = "{ \"data\": { \"path\": \"zk.example\" }, \"path\": \"/zk_tyk\", \"state\": \"OK\" }";

        assertThat(targets(zookeeper, answer)).containsExactly("zk.example");
        assertThat(targets(Configs.withPort(zookeeper, 80), answer)).containsExactly("zk.example:80");
    }

    @Test
    void targetsMayStandInAListOfObjectsOrOfStrings() throws Exception {
        assertThat(targets(Configs.paths("services.address", "", "", "list"), """
                { "services": [ { "address": "http://n1:8080", "status": "healthy" }, { "address": "https://n2:8081/x?y#z" } ] }"""))
                .containsExactly("n1:8080", "n2:8081");
        assertThat(targets(Configs.paths("", "", "", "list array"), "[\"tls://a:1\", \" b:2 \"]"))
                .containsExactly("tls://a:1", "b:2");
        assertThat(targets(Configs.paths("hosts.1", "", "", ""), "{ \"hosts\": [\"a:1\", \"b:2\"] }")).containsExactly("b:2");
    }

    @Test
    void onlyTheFirstIsTakenUnlessAllAreWanted() throws Exception {
        assertThat(targets(Configs.paths("a", "", "", "array"), "[{\"a\": \"x:1\"}, {\"a\": \"y:1\"}]")).containsExactly("x:1");
    }

    @Test
    void entriesWithoutAHostAreLeftToBeNamed() throws Exception {
        assertThat(targets(Configs.paths("a", "", "", "array list"), "[{\"a\": \"x:1\"}, {\"b\": 1}, {\"a\": \"\"}]"))
                .containsExactly("x:1", "", "");
        assertThat(targets(Configs.paths("", "", "", "array list"), "[\"\"]")).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "list       | {}                                | nothing at data_path \"host\" (expected: a host, or host:port)",
        "list       | {\"hosts\": []}                   | nothing at data_path \"host\" (expected: a host, or host:port)",
        "list       | 7                                 | nothing at data_path \"host\" (expected: a host, or host:port)",
        "list       | \"text\"                          | nothing at data_path \"host\" (expected: a host, or host:port)",
        "list array | {\"host\": \"a:1\"}               | something that is no list (expected: a list, as endpoint_returns_list says)",
        "nested     | {\"host\": \"a:1\"}               | nothing at parent_data_path \"at\" (expected: JSON in a string)",
        "nested     | {\"at\": \"not JSON\"}            | text at parent_data_path \"at\" that is not JSON: ",
    })
    void answersThatDoNotFitAreSaidSo(String switches, String answer, String message) {
        String parent = switches.contains("nested") ? "at" : "";
        assertThatThrownBy(() -> targets(Configs.paths("host", parent, "port", switches), answer))
                .isInstanceOf(DiscoveryException.class).hasMessageStartingWith(message);
    }

    @Test
    void anEmptyListHasNoTargets() throws Exception {
        assertThat(targets(Configs.paths("a", "", "", "array list"), "[]")).isEmpty();
        assertThat(targets(Configs.paths("a", "tasks", "", "list"), "{\"tasks\": []}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "a             | null  | 0  | a",
        "a             | 80    | 0  | a:80",
        "a             | null  | 90 | a:90",
        "a             | ''    | 90 | a:90",
        "a:1           | 80    | 90 | a:1",
        "HTTP://a/x    | 80    | 0  | a:80",
        "https://a:1/  | null  | 0  | a:1",
        "tls://a/x     | 80    | 0  | tls://a:80",
        "::1           | 80    | 0  | [::1]:80",
        "[::1]         | 80    | 0  | [::1]:80",
        "[::1]:1       | 80    | 0  | [::1]:1",
        "2001:db8::1   | null  | 0  | [2001:db8::1]",
        "a?b:1         | 80    | 0  | a:80",
        "''            | 80    | 0  | ''",
        "/x            | 80    | 0  | /x",
        "http://       | 80    | 0  | http://",
        "u:p@a:1       | null  | 0  | [u:p@a:1]",
    })
    void addressesAreMadeOfWhateverIsThere(String host, String port, int standard, String expected) {
        assertThat(Addresses.address(host, port, standard)).isEqualTo(expected);
    }

    @Test
    void whatIsNoTextIsNoHostButIsNamed() {
        assertThat(Addresses.address(7L, 80L, 0)).isEqualTo("7:80");
        assertThat(Addresses.address(List.of("a"), null, 0)).isEqualTo("[a]");
        assertThat(Addresses.address("/" + "x".repeat(1000), null, 0)).hasSize(100);
    }
}
