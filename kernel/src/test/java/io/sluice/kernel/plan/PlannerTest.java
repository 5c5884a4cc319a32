package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.Plan.Idle;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Set<String> unreadable = new java.util.HashSet<>();
    private String settings = "{ \"disable_ports_whitelist\": true }";
    private ExtensionCatalog catalog = Fakes.usual();
    private PlanResult before;

    @Test
    void serviceIsPlannedWithItsListenerAndTargets() {
        files.put("a.json", service("a", 7001, "\"proxy\": { \"target_list\": [\"h1:1\", \"h2:2\", \"h1:1\"] }"));
        Plan plan = plan();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.revision()).isEqualTo(1);
        assertThat(plan.listeners()).extracting(ListenerPlan::toString).containsExactly("plain 0.0.0.0:7001");
        assertThat(plan.services().get("a").targets()).extracting(TargetPlan::id, TargetPlan::weight)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("h1:1", 2), org.assertj.core.groups.Tuple.tuple("h2:2", 1));
    }

    @Test
    void missingProtocolListsTheInstalledLayers() {
        files.put("a.json", "{ \"api_id\": \"a\", \"listen_port\": 1, \"proxy\": { \"target_url\": \"h:1\" } }");
        assertThat(messages(plan())).containsExactly("protocol is missing (expected: one of named, plain)");
    }

    @Test
    void httpIsRefusedWithAHintToTcpAndTls() {
        files.put("a.json", "{ \"api_id\": \"a\", \"listen_port\": 1, \"protocol\": \"https\", \"proxy\": { \"target_url\": \"h:1\" } }");
        assertThat(plan().problems()).extracting(Problem::hint).containsExactly("this gateway works below HTTP: use tcp or tls");
    }

    @Test
    void portThatIsNotWhitelistedIsNamedWithTheNextStep() {
        settings = "{ \"ports_whitelist\": { \"plain\": { \"ranges\": [ { \"from\": 7000, \"to\": 7001 } ], \"ports\": [ 8000 ] } } }";
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 8000, target()));
        files.put("c.json", service("c", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("a", "b");
        assertThat(plan.idle()).containsExactly(Map.entry("c", Idle.REFUSED));
        assertThat(messages(plan)).containsExactly(
                "plain:7002 is not allowed: add it to ports_whitelist.plain in conf/sluice.json");
    }

    @Test
    void ofTwoNewRivalsNeitherRunsAndBothFilesAreNamed() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 7001, target()));
        files.put("c.json", service("c", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("c");
        assertThat(plan.problems()).hasSize(2).allSatisfy(p -> assertThat(p.message())
                .contains("two plain services on port 7001", "\"a\" (a.json)", "\"b\" (b.json)"));
        assertThat(plan.problems()).extracting(Problem::hint)
                .containsOnly("neither runs until one of them is changed");
    }

    @Test
    void newcomerIsRefusedBesideARunningRivalAndToldWhatARestartWouldDo() {
        files.put("a.json", service("a", 7001, target()));
        plan();
        files.put("b.json", service("b", 7001, target()));
        Plan plan = plan();
        assertThat(plan.revision()).isEqualTo(2);
        assertThat(plan.services()).containsOnlyKeys("a");
        assertThat(plan.problems()).hasSize(1);
        assertThat(plan.problems().get(0).service()).isEqualTo("b");
        assertThat(plan.problems().get(0).hint())
                .isEqualTo("\"a\" already runs and goes on; after a restart neither would run");
    }

    @Test
    void definitionRefusedForItselfIsNobodysRival() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 7001, "\"proxy\": { \"target_url\": \"no port\" }"));
        assertThat(plan().services()).containsOnlyKeys("a");
    }

    @Test
    void changedPortThatClashesGoesBackToTheOldOne() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 7002, target()));
        plan();
        files.put("b.json", service("b", 7001, target()));
        Plan plan = plan();
        assertThat(plan.listeners()).extracting(l -> l.address().port()).containsExactlyInAnyOrder(7001, 7002);
        assertThat(plan.problems()).hasSize(1);
    }

    @Test
    void twoServicesMaySwapTheirPorts() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 7002, target()));
        plan();
        files.put("a.json", service("a", 7002, target()));
        files.put("b.json", service("b", 7001, target()));
        Plan plan = plan();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.services().get("a").info().listenPort()).isEqualTo(7002);
    }

    @Test
    void serviceWithErrorsKeepsItsLastGoodState() {
        files.put("a.json", service("a", 7001, target()));
        ServicePlan good = plan().services().get("a");
        files.put("a.json", service("a", 70010, target()));
        Plan plan = plan();
        assertThat(plan.services().get("a")).isSameAs(good);
        assertThat(plan.revision()).isEqualTo(2);
        assertThat(messages(plan)).containsExactly("listen_port: 70010 (expected: 1 to 65535)");
    }

    @Test
    void fileThatCannotBeReadKeepsWhatRanFromIt() {
        files.put("a.json", service("a", 7001, target()));
        plan();
        files.remove("a.json");
        unreadable.add("a.json");
        assertThat(plan().services()).containsOnlyKeys("a");
        unreadable.clear();
        assertThat(plan().services()).isEmpty();
    }

    @Test
    void serviceWhosePortIsNoLongerAllowedStops() {
        files.put("a.json", service("a", 7001, target()));
        plan();
        settings = "{}";
        assertThat(plan().services()).isEmpty();
    }

    @Test
    void editWithoutEffectIsTheSamePlan() {
        files.put("a.json", service("a", 7001, target()));
        Plan first = plan();
        files.put("a.json", "// a comment\n" + service("a", 7001, target()));
        PlanResult second = result();
        assertThat(second.differs()).isFalse();
        assertThat(second.plan().revision()).isEqualTo(1);
        assertThat(second.plan().services().get("a")).isSameAs(first.services().get("a"));
    }

    @Test
    void unchangedServiceAndListenerAreHandedOnAsTheyAre() {
        files.put("a.json", service("a", 7001, target()));
        Plan first = plan();
        files.put("b.json", service("b", 7002, target()));
        Plan second = plan();
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.services().get("a")).isSameAs(first.services().get("a"));
        assertThat(second.listeners()).contains(first.listeners().get(0));
    }

    @Test
    void newGenerationOfAPluginMakesNewServices() {
        files.put("a.json", service("a", 7001, target()));
        ServicePlan old = plan().services().get("a");
        catalog = Fakes.catalog(new Fakes.FakeGeneration("fakes", 2), new Fakes.Plain("plain", false),
                new Fakes.PlainUpstream(), new Fakes.FirstBalancer());
        assertThat(plan().services().get("a")).isNotSameAs(old);
    }

    @Test
    void sameIdTwiceIsRefusedAndBothFilesAreNamed() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("a", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).isEmpty();
        assertThat(messages(plan)).hasSize(2).allMatch(m -> m.contains("a.json and b.json"));
    }

    @Test
    void parkedServiceIsNobodysRival() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("b", 7001, target() + ", \"active\": false"));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("a");
        assertThat(plan.idle()).containsExactly(Map.entry("b", Idle.PARKED));
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void anyAddressOverlapsEveryOther() {
        files.put("a.json", service("a", 7001, target() + ", \"listen_address\": \"127.0.0.1\""));
        files.put("b.json", service("b", 7001, target() + ", \"listen_address\": \"0.0.0.0\""));
        files.put("c.json", service("c", 7001, target() + ", \"listen_address\": \"::1\""));
        assertThat(plan().services()).containsOnlyKeys("c");
        files.put("d.json", service("d", 7001, target() + ", \"listen_address\": \"::\""));
        assertThat(plan().services()).containsOnlyKeys("c");
    }

    @Test
    void twoAddressesOfOneMachineMayShareAPort() {
        files.put("a.json", service("a", 7001, target() + ", \"listen_address\": \"127.0.0.1\""));
        files.put("b.json", service("b", 7001, target() + ", \"listen_address\": \"127.0.0.2\""));
        assertThat(plan().services()).containsOnlyKeys("a", "b");
    }

    @Test
    void servicesWithServerNamesShareAPortUnlessTheyClaimTheSameName() {
        files.put("a.json", named("a", "\"domain\": \"a.example\""));
        files.put("b.json", named("b", "\"domain\": \"b.example\""));
        files.put("c.json", named("c", "\"slug\": \"c\""));
        Plan plan = plan();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.listeners()).hasSize(1);
        files.put("d.json", named("d", "\"domain\": \"A.Example.\""));
        assertThat(messages(plan())).hasSize(1).allMatch(m -> m.startsWith("domain a.example twice on port 7443"));
    }

    @Test
    void differentProtocolsOnOnePortClash() {
        files.put("a.json", named("a", "\"domain\": \"a.example\""));
        files.put("b.json", service("b", 7443, target()));
        assertThat(messages(plan())).hasSize(2).allMatch(m -> m.contains("on port 7443 (expected: one protocol per port and address)"));
    }

    @Test
    void layerThatIsSharedMustBeConfiguredAlike() {
        files.put("a.json", named("a", "\"domain\": \"a.example\", \"enable_stamp\": true, \"stamp\": { \"mode\": \"x\" }"));
        files.put("b.json", named("b", "\"domain\": \"b.example\", \"enable_stamp\": true, \"stamp\": { \"mode\": \"x\" }"));
        assertThat(plan().services()).hasSize(2);
        files.put("c.json", named("c", "\"domain\": \"c.example\""));
        assertThat(messages(plan())).hasSize(1).allMatch(m -> m.startsWith("stamp set differently on port 7443"));
    }

    @Test
    void addressRulesNeedTrustedSendersBehindALayerThatPresentsAddresses() {
        files.put("a.json", service("a", 7001, target() + ", \"enable_stamp\": true, \"enable_rules\": true, \"only_ips\": \"10.0.0.1\""));
        assertThat(messages(plan())).containsExactly("rules decides by the client's address, but stamp lets anyone claim"
                + " any address (expected: a list of trusted senders)");
        files.put("a.json", service("a", 7001, target() + ", \"enable_stamp\": true, \"stamp\": { \"trusted\": [\"10.0.0.0/8\"] },"
                + " \"enable_rules\": true, \"only_ips\": [\"10.0.0.1\"]"));
        assertThat(plan().problems()).isEmpty();
    }

    @Test
    void findingOfAPluginStandsAtItsField() {
        files.put("a.json", service("a", 7001, target() + ",\n \"enable_stamp\": true,\n \"stamp\": { \"mode\": \"broken\" }"));
        Problem problem = plan().problems().get(0);
        assertThat(problem.message()).isEqualTo("mode: \"broken\" (expected: not that)");
        assertThat(problem.place().line()).isEqualTo(3);
        assertThat(problem.place().pointer()).isEqualTo("/stamp/mode");
    }

    @Test
    void pluginThatThrowsRefusesItsServiceAlone() {
        files.put("a.json", service("a", 7001, target() + ", \"enable_stamp\": true, \"stamp\": { \"mode\": \"throws\" }"));
        files.put("b.json", service("b", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("b");
        assertThat(messages(plan)).containsExactly("stamp of plugin fakes failed: java.lang.IllegalStateException: as asked");
    }

    @Test
    void unknownCommandListsTheInstalledOnes() {
        files.put("a.json", service("a", 7001, target() + ", \"uptime_tests\": { \"check_list\": [ { \"url\": \"h:1\","
                + " \"commands\": [ { \"name\": \"shout\" }, { \"name\": \"say\", \"words\": \"hello\" } ] } ] }"));
        assertThat(messages(plan())).containsExactly("command: \"shout\" is not installed (installed: say)");
    }

    @Test
    void checkBelongsToTheTargetWithTheSameHostAndPort() {
        files.put("a.json", service("a", 7001, target() + ", \"uptime_tests\": { \"check_list\": [ { \"url\": \"h:1\" } ] }"));
        Plan plan = plan();
        assertThat(plan.problems()).isEmpty();
        ServicePlan service = plan.services().get("a");
        assertThat(service.targets()).extracting(target -> service.checks(target).size()).containsExactly(1);
    }

    @Test
    void balancerThatIsNotInstalledIsNamedWithTheInstalledOnes() {
        files.put("a.json", service("a", 7001, "\"proxy\": { \"target_url\": \"h:1\", \"balancer\": \"best\" }"));
        assertThat(messages(plan())).containsExactly("proxy.balancer: \"best\" is not installed (installed: always_first)");
    }

    @Test
    void portOfTheAdminApiIsTaken() {
        files.put("a.json", service("a", 9700, target()));
        PlanInput input = input(Map.of(new ListenAddress("127.0.0.1", 9700), "the admin API"));
        assertThat(messages(Planner.plan(input, null).plan()))
                .containsExactly("port 9700 belongs to the admin API (expected: a port that is free)");
    }

    @Test
    void switchThatIsNoBooleanNeverPassesForOff() {
        files.put("a.json", service("a", 7001, target() + ", \"enable_rules\": \"true\", \"only_ips\": [\"10.0.0.1\"]"));
        Plan plan = plan();
        assertThat(plan.services()).isEmpty();
        assertThat(messages(plan)).containsExactly("enable_rules: \"true\" (expected: true or false)");
    }

    @Test
    void fieldsWithoutTheirSwitchAreNamed() {
        files.put("a.json", service("a", 7001, target() + ", \"only_ips\": [\"10.0.0.1\"]"));
        assertThat(messages(plan())).containsExactly("only_ips has no effect (expected: together with enable_rules)");
        files.put("a.json", service("a", 7001, target() + ", \"only_ips\": [\"10.0.0.1\"], \"enable_rules\": false"));
        assertThat(plan().problems()).as("switched off on purpose").isEmpty();
    }

    @Test
    void badNameOrIdHurtsNobodyElse() {
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", "{ \"name\": \"...\", \"listen_port\": 7002, \"protocol\": \"plain\", " + target() + " }");
        files.put("c.json", "{ \"api_id\": 5, \"listen_port\": 7003, \"protocol\": \"plain\", " + target() + " }");
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("a");
        assertThat(plan.problems()).hasSize(2);
        assertThat(messages(plan).get(0)).startsWith("name: \"...\" (expected: ");
        assertThat(messages(plan).get(1)).isEqualTo("api_id: 5 (expected: a string)");
    }

    @Test
    void nullIsAMissingPort() {
        files.put("a.json", "{ \"api_id\": \"a\", \"listen_port\": null, \"protocol\": \"plain\", " + target() + " }");
        assertThat(messages(plan())).containsExactly("listen_port is missing (expected: 1 to 65535)");
    }

    @Test
    void twoIdsThatDifferContradict() {
        files.put("a.json", "{ \"api_id\": \"a\", \"id\": \"b\", \"listen_port\": 7001, \"protocol\": \"plain\", " + target() + " }");
        assertThat(messages(plan())).containsExactly(
                "api_id is \"a\" in one place and \"b\" in the other (expected: one value)");
    }

    @Test
    void badTargetIsNamedByItsWrittenIndex() {
        files.put("a.json", service("a", 7001, "\"proxy\": { \"target_list\": [\"h:1\", null, \"h\"] }"));
        assertThat(plan().problems()).extracting(p -> p.place().pointer())
                .containsExactly("/proxy/target_list/1", "/proxy/target_list/2");
        assertThat(messages(plan()).get(1)).startsWith("target_list[2]: ");
    }

    @Test
    void mistakesOfAPluginsFieldsAreAllFoundAtOnce() {
        files.put("a.json", service("a", 7001, target() + ", \"enable_stamp\": true,"
                + " \"stamp\": { \"mode\": \"broken\", \"trusted\": [\"\"] }"));
        assertThat(messages(plan())).hasSize(2);
    }

    @Test
    void addressesAreWrittenAsPeopleWriteThem() {
        files.put("a.json", service("a", 7001, target() + ", \"listen_address\": \"::\""));
        files.put("b.json", service("b", 7002, target() + ", \"listen_address\": \"0:0:0:0:0:0:0:1\""));
        files.put("c.json", service("c", 7003, target() + ", \"listen_address\": \"2001:db8:0:1:0:0:0:1\""));
        assertThat(plan().listeners()).extracting(l -> l.address().toString())
                .containsExactlyInAnyOrder("[::]:7001", "[::1]:7002", "[2001:db8:0:1::1]:7003");
    }

    private Plan plan() {
        before = result();
        return before.plan();
    }

    private PlanResult result() {
        return Planner.plan(input(Map.of()), before);
    }

    private PlanInput input(Map<ListenAddress, String> reserved) {
        List<Problem> problems = new ArrayList<>();
        Settings read = SettingsReader.read(parse("sluice.json", settings), problems::add).value();
        List<RawService> raw = new ArrayList<>();
        files.forEach((file, text) -> raw.add(new RawService(parse(file, text), file, file.replace(".json", ""))));
        return new PlanInput(read, raw, unreadable, problems, catalog, reserved, new MaterialFolder(Path.of("conf")), Instant.now());
    }

    private static JsonObject parse(String file, String text) {
        try {
            return (JsonObject) JsonReader.read(file, text, Optional.empty());
        } catch (BadJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> messages(Plan plan) {
        return plan.problems().stream().map(Problem::message).toList();
    }

    private static String service(String id, int port, String more) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": " + port
                + ", \"protocol\": \"plain\", " + more + " }";
    }

    private static String named(String id, String more) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": 7443, \"protocol\": \"named\", "
                + target() + ", " + more + " }";
    }

    private static String target() {
        return "\"proxy\": { \"target_url\": \"h:1\" }";
    }
}
