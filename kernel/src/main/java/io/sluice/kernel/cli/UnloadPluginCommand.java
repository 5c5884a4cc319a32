package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice plugins unload}. */
@Command(name = "unload", mixinStandardHelpOptions = true, description = "Unload a plugin by force: listeners and probes that need it stop.")
final class UnloadPluginCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Parameters(paramLabel = "NAME", description = "the plugin, as the list has it")
    private String name;

    @Override
    public Integer call() throws AdminFailure {
        format.print(admin.client().send("DELETE", Route.of("v1", "plugins", name), ""),
                (answer, screen) -> screen.line("unloaded " + name));
        return ExitCode.OK;
    }
}
