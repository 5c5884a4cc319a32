package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.plan.Plan.Idle;
import io.sluice.kernel.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may have a port, an id, a server name. */
class RivalsTest extends PlannedFiles {

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
    void portIsLookedAtWhateverElseIsWrong() {
        settings = "{ \"ports_whitelist\": { \"plain\": { \"ports\": [ 7001 ] } } }";
        files.put("a.json", service("a", 7002, "\"listen_address\": \"here\", \"proxy\": { \"target_url\": \"no port\" }"));
        files.put("b.json", service("b", 7001, "\"proxy\": { \"target_url\": \"no port\" }"));
        Plan plan = Planner.plan(input(Map.of(new ListenAddress("127.0.0.1", 7001), "the admin API")), null).plan();
        assertThat(messages(plan)).contains("plain:7002 is not allowed: add it to ports_whitelist.plain in conf/sluice.json",
                "port 7001 belongs to the admin API (expected: a port that is free)").hasSize(5);
    }

    @Test
    void portsOfAProtocolThatNobodySpeaksAreDoubtful() {
        settings = "{ \"ports_whitelist\": { \"plain\": {}, \"https\": {}, \"plian\": { \"ports\": [1] }, \"stamp\": {} } }";
        assertThat(messages(plan())).containsExactly(
                "unknown field \"ports_whitelist.plian\" (expected: a protocol, one of http, https, named, plain, tcp, tls)",
                "unknown field \"ports_whitelist.stamp\" (expected: a protocol, one of http, https, named, plain, tcp, tls)");
        assertThat(plan().problems().get(0).hint()).isEqualTo("did you mean \"plain\"?");
    }

    @Test
    void whatElseIsWrongWithASecondDefinitionOfOneIdIsSaidToo() {
        settings = "{ \"ports_whitelist\": { \"plain\": { \"ports\": [ 7001 ] } } }";
        files.put("a.json", service("a", 7001, target()));
        files.put("b.json", service("a", 7002, "\"proxy\": { \"target_url\": \"no port\" }"));
        assertThat(messages(plan())).hasSize(4).filteredOn(message -> message.contains("is used 2 times")).hasSize(2);
        assertThat(plan().problems()).extracting(Problem::code).contains("port_not_allowed", "target");
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
    void serviceWhosePortIsNoLongerAllowedStops() {
        files.put("a.json", service("a", 7001, target()));
        plan();
        settings = "{}";
        assertThat(plan().services()).isEmpty();
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
    void portOfTheAdminApiIsTaken() {
        files.put("a.json", service("a", 9700, target()));
        PlanInput input = input(Map.of(new ListenAddress("127.0.0.1", 9700), "the admin API"));
        assertThat(messages(Planner.plan(input, null).plan()))
                .containsExactly("port 9700 belongs to the admin API (expected: a port that is free)");
    }
}
