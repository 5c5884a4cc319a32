package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.problem.Problem;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest extends PlannedFiles {

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
    void rivalWithTheSameIdIsRefusedWhateverTheOrderOfFilesAndTheOneThatRunsCanBeEdited() {
        for (String rival : new String[] {"a.json", "z.json"}) {
            files.clear();
            plan();
            files.put("m.json", service("m", 7001, target()));
            plan();
            files.put(rival, service("m", 7002, target()));
            Map<String, String> sorted = new java.util.TreeMap<>(files);
            files.clear();
            files.putAll(sorted);
            assertThat(plan().services().get("m").info().listenPort()).isEqualTo(7001);
            files.put("m.json", service("m", 7003, target()));
            Plan edited = plan();
            assertThat(edited.services().get("m").info().listenPort()).isEqualTo(7003);
            assertThat(edited.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("duplicate_id");
                assertThat(problem.place().file()).isEqualTo(rival);
            });
            files.put("m.json", service("m", 70030, target()));
            assertThat(plan().services().get("m").info().listenPort()).isEqualTo(7003);
        }
    }

    @Test
    void rivalOfWhatRunsFromAFileThatCannotBeReadIsRefused() {
        files.put("m.json", service("m", 7001, target()));
        plan();
        files.remove("m.json");
        unreadable.add("m.json");
        files.put("a.json", service("m", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services().get("m").info().listenPort()).isEqualTo(7001);
        assertThat(plan.problems()).extracting(Problem::code).containsExactly("duplicate_id");
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
    void placeholderIsNamedOnceWhereverItStands() {
        String check = "\"uptime_tests\": { \"check_list\": [\"\", { \"url\": \"h:1\", \"rise\": 0 }, { \"url\": \"\" }, {}] }";
        files.put("a.json", service("a", 7001, "\"proxy\": { \"target_list\": [\"\"] }, \"only_ips\": [\"\"], " + check));
        files.put("b.json", service("b", 7002, "\"proxy\": { \"target_list\": [\"...\", {\"url\": \"\"}, {\"weight\": 1}] }"));
        files.put("c.json", service("c", 7003, target()).replace("\"plain\"", "\"\""));
        files.put("d.json", service("d", 7004, "\"proxy\": { \"target_url\": \"...\" }"));
        assertThat(messages(plan())).containsExactlyInAnyOrder(
                "proxy.target_list[0]: \"\" (expected: a real value; this is a placeholder)",
                "uptime_tests.check_list[0]: \"\" (expected: a real value; this is a placeholder)",
                "uptime_tests.check_list[1].rise: 0 (expected: 1 to 1000)",
                "check_list[2].url: \"\" is a placeholder (expected: host:port, [v6]:port or scheme://host:port)",
                "check_list[3]: url is missing (expected: the host:port of a target)",
                "only_ips[0]: \"\" is a placeholder, and only_ips has no effect (expected: a real value, together with enable_rules)",
                "proxy.target_list[0]: \"...\" (expected: a real value; this is a placeholder)",
                "target_list[1]: \"\" is a placeholder (expected: host:port, [v6]:port or scheme://host:port)",
                "target_list[2]: url is missing (expected: host:port, [v6]:port or scheme://host:port)",
                "protocol: \"\" is a placeholder (expected: one of named, plain)",
                "proxy.target_url: \"...\" (expected: a real value; this is a placeholder)");
        assertThat(plan().problems()).allSatisfy(problem -> assertThat(problem.hint()).isNotEmpty());
    }

    @Test
    void whatTheBinderHasRefusedIsNotRefusedAgainByTheExtension() {
        files.put("a.json", service("a", 7001, target() + ", \"enable_stamp\": true, \"stamp\": { \"mode\": \"...\" }"));
        assertThat(messages(plan())).containsExactly("mode: \"...\" (expected: a real value; this is a placeholder)");
    }

    @Test
    void idThatIsAPlaceholderIsAMistakeLikeAnyOther() {
        files.put("a.json", service("...", 7001, target()));
        assertThat(plan().problems()).extracting(Problem::code).containsOnly("placeholder");
    }

    @Test
    void everyMistakeHasANextStep() {
        String check = "\"uptime_tests\": { \"disabled\": 1, \"check_list\": [ 5, null, { \"url\": \"x\", \"commands\": [\"say\","
                + " { \"name\": \"sya\" }, { \"name\": \"say\", \"words\": 5, \"timeout\": \"x\" }], \"rise\": -1, \"interval\": 0,"
                + " \"timeout\": \"x\" } ], \"config\": [], \"default_check\": 5 }";
        files.put("a.json", service("a", 70000, "\"listen_address\": 5, \"domain\": \"a..b\", \"active\": \"yes\", \"layers\": [\"x\"],"
                + " \"access\": \"x\", \"limits\": 5, \"on_service_removed\": \"x\", \"lisen_port\": 1, \"enable_stamp\": 1,"
                + " \"proxy\": { \"target_list\": [{ \"url\": \"x://h:1\", \"weight\": -1 }, 5, \"h:99999\"], \"retries\": 1e99,"
                + " \"balancer\": {}, \"timeouts\": { \"connect\": \"x\" }, \"on_all_down\": true, \"service_discovery\": [] }, " + check));
        files.put("b.json", service("b", 7002, target()).replace("\"plain\"", "5"));
        files.put("c.json", service("c", 7003, target()).replace("\"plain\"", "\"plian\""));
        assertThat(plan().problems()).hasSizeGreaterThan(30).allSatisfy(problem -> {
            assertThat(problem.hint()).as(problem.message()).isNotEmpty();
            assertThat(problem.place().line()).as(problem.message()).isEqualTo(1);
        });
    }

    @Test
    void whereADiscoveryIsRefusedNobodyAsksForOtherTargets() {
        files.put("a.json", service("a", 7001, "\"proxy\": { \"service_discovery\": { \"name\": \"nobody\" } }"));
        assertThat(plan().problems()).extracting(Problem::message).singleElement().asString()
                .startsWith("proxy.service_discovery: \"nobody\" is not installed");
    }

    @Test
    void pluginWhoseRecordCannotBeBoundIsTheOneToBlame() {
        catalog = Fakes.catalog(new Fakes.Plain("plain", false), new Fakes.PlainUpstream(), new Fakes.FirstBalancer(), new Unbindable());
        files.put("a.json", service("a", 7001, target() + ", \"unbindable\": { \"thread\": 1 }"));
        files.put("b.json", service("b", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("b");
        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("plugin_failed");
            assertThat(problem.message()).startsWith("unbindable of plugin fakes cannot be configured: ");
        });
    }

    private static final class Unbindable implements AccessPolicyFactory<Unbindable.Config> {

        record Config(Thread thread) {
        }

        @Override
        public String name() {
            return "unbindable";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.config("unbindable"));
        }

        @Override
        public AccessPolicy create(Config config, ServiceInfo service, Findings findings) {
            throw new AssertionError("never asked");
        }
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
    void idThatIsAPlaceholderOrNothingIsNamedAsSuch() {
        for (String field : new String[] {"api_id", "id"}) {
            files.put("a.json", "{ \"" + field + "\": \"...\", \"listen_port\": 7002, \"protocol\": \"plain\", " + target() + " }");
            assertThat(plan().problems()).extracting(Problem::code).containsExactly("placeholder");
        }
        files.clear();
        files.put(".json", "{ \"listen_port\": 7002, \"protocol\": \"plain\", " + target() + " }");
        assertThat(plan().problems()).extracting(Problem::code).doesNotContain("internal_fault").isNotEmpty();
    }

    @Test
    void problemsOfAFileAreCountedBehindTheFirstHundred() {
        String many = IntStream.range(0, 50_000).mapToObj(i -> "\"k" + i + "\": 1, ").collect(Collectors.joining());
        files.put("a.json", service("a", 7001, many + target()));
        PlanResult result = result();
        assertThat(result.plan().services()).containsKey("a");
        assertThat(result.plan().problems()).hasSize(101).last().extracting(Problem::message)
                .isEqualTo("\u2026 and 49,900 more problems");
        files.put("a.json", service("a", 70010, many + target()));
        assertThat(result().plan().problems()).hasSize(101).extracting(Problem::message)
                .contains("listen_port: 70010 (expected: 1 to 65535)", "\u2026 and 49,901 more problems");
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
}
