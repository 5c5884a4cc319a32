package io.sluice.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOutboundInvoker;
import io.sluice.kernel.relay.Intake;

/** The arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.sluice.kernel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("cli").definedBy("io.sluice.kernel.cli..")
            .layer("remote").definedBy("io.sluice.kernel.remote..")
            .layer("gateway").definedBy("io.sluice.kernel.gateway..")
            .layer("control").definedBy("io.sluice.kernel.control..")
            .layer("store").definedBy("io.sluice.kernel.store..")
            .layer("schema").definedBy("io.sluice.kernel.schema..")
            .layer("observe").definedBy("io.sluice.kernel.observe..")
            .layer("runtime").definedBy("io.sluice.kernel.runtime..")
            .layer("health").definedBy("io.sluice.kernel.health..")
            .layer("listen").definedBy("io.sluice.kernel.listen..")
            .layer("session").definedBy("io.sluice.kernel.session..")
            .layer("upstream").definedBy("io.sluice.kernel.upstream..")
            .layer("relay").definedBy("io.sluice.kernel.relay..")
            .layer("discovery").definedBy("io.sluice.kernel.discovery..")
            .layer("plan").definedBy("io.sluice.kernel.plan..")
            .layer("plugin").definedBy("io.sluice.kernel.plugin..")
            .layer("config").definedBy("io.sluice.kernel.config..")
            .layer("json").definedBy("io.sluice.kernel.json..")
            .layer("problem").definedBy("io.sluice.kernel.problem..")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("remote").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("gateway").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("control").mayOnlyBeAccessedByLayers("gateway")
            .whereLayer("schema").mayOnlyBeAccessedByLayers("control", "gateway")
            .whereLayer("store").mayOnlyBeAccessedByLayers("control", "gateway")
            .whereLayer("runtime").mayOnlyBeAccessedByLayers("control", "gateway", "cli")
            .whereLayer("health").mayOnlyBeAccessedByLayers("control", "runtime", "gateway")
            .whereLayer("listen").mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("session").mayOnlyBeAccessedByLayers("control", "runtime", "listen")
            .whereLayer("upstream").mayOnlyBeAccessedByLayers("control", "gateway", "runtime", "health", "listen", "session")
            .whereLayer("relay").mayOnlyBeAccessedByLayers("health", "listen", "session", "upstream")
            .whereLayer("discovery").mayOnlyBeAccessedByLayers("upstream", "runtime", "gateway")
            .whereLayer("config").mayOnlyBeAccessedByLayers("plan", "store", "schema", "control", "gateway", "runtime", "session",
                    "upstream", "discovery", "remote")
            .whereLayer("json").mayOnlyBeAccessedByLayers("config", "plan", "upstream", "store", "schema", "control", "gateway",
                    "cli", "remote");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.sluice.kernel.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PLANS_ARE_PURE = noClasses().that().resideInAPackage("io.sluice.kernel.plan..")
            .should().dependOnClassesThat().resideInAnyPackage("io.netty..", "java.nio.channels..", "org.osgi..");

    @ArchTest
    static final ArchRule CONFIGURATION_KNOWS_NO_NETWORK = noClasses()
            .that().resideInAnyPackage("io.sluice.kernel.config..", "io.sluice.kernel.json..", "io.sluice.kernel.problem..",
                    "io.sluice.kernel.plugin..")
            .should().dependOnClassesThat().resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule COMMANDS_START_WITHOUT_THE_GATEWAY = noClasses()
            .that().resideInAPackage("io.sluice.kernel.remote..")
            .should().dependOnClassesThat().resideInAnyPackage("io.netty..", "io.sluice.kernel.plugin..", "org.slf4j..");

    @ArchTest
    static final ArchRule JACKSON_STAYS_IN_JSON = noClasses().that().resideOutsideOfPackage("io.sluice.kernel.json..")
            .should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule FELIX_IS_REACHED_THROUGH_OSGI = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.felix..");

    @ArchTest
    static final ArchRule OSGI_STAYS_IN_PLUGIN = noClasses().that().resideOutsideOfPackage("io.sluice.kernel.plugin..")
            .should().dependOnClassesThat().resideInAnyPackage("org.osgi..");

    @ArchTest
    static final ArchRule ONE_CLASS_ASKS_CHANNELS_TO_READ = noClasses().that().doNotBelongToAnyOf(Intake.class)
            .should().callMethod(ChannelConfig.class, "setAutoRead", boolean.class)
            .orShould().callMethod(Channel.class, "read")
            .orShould().callMethod(ChannelOutboundInvoker.class, "read");

    @ArchTest
    static final ArchRule NOTHING_STATIC_CHANGES = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameEndingWith("Manager")
            .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Util")
            .orShould().haveSimpleNameEndingWith("Utils");

    @ArchTest
    static final ArchRule COMMANDS_ARE_PRIVATE = classes().that().resideInAPackage("io.sluice.kernel.cli..")
            .and().doNotHaveSimpleName("Main").should().notHaveModifier(JavaModifier.PUBLIC);
}
