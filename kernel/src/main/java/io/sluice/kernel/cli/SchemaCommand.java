package io.sluice.kernel.cli;

import io.sluice.kernel.gateway.Folders;
import io.sluice.kernel.gateway.InstalledSchemas;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice schema}: for editors and validators. */
@Command(name = "schema", mixinStandardHelpOptions = true,
        description = "Print the JSON schema of definitions, put together from the installed plugins.",
        footer = {"", "Neither needs nor disturbs a running gateway."})
final class SchemaCommand implements Callable<Integer> {

    @Mixin
    private BaseOption base;

    @Option(names = "--settings", description = "print the schema of conf/sluice.json instead")
    private boolean settings;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        // what plugins log while they are loaded is the running gateway's business
        System.getProperties().putIfAbsent("sluice.log.level", "warn");
        Folders folders = new Folders(BaseOption.home(), base.base(), false);
        output.write(settings ? InstalledSchemas.settings(folders) : InstalledSchemas.definition(folders));
        return ExitCode.OK;
    }
}
