package io.sluice.spi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a plugin author must be able to rely on. */
@AnalyzeClasses(packages = "io.sluice.spi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NETTY_IS_SEEN_IN_PROTOCOL_ONLY = noClasses()
            .that().resideOutsideOfPackage("io.sluice.spi.protocol..")
            .should().dependOnClassesThat().resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule NOTHING_ELSE_IS_NEEDED = noClasses().should().dependOnClassesThat()
            .resideOutsideOfPackages("io.sluice.spi..", "io.netty..", "java..", "org.osgi.annotation..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.sluice.spi.(*)..").should().beFreeOfCycles();
}
