package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice plugins}. */
@Command(name = "plugins", mixinStandardHelpOptions = true, description = "List plugins with their states, or unload one.",
        subcommands = UnloadPluginCommand.class)
final class PluginsCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient client = admin.client();
        return view.show(() -> client.list(Route.of("v1", "plugins"), Integer.MAX_VALUE), PluginsCommand::print);
    }

    private static void print(Answer answer, Screen screen) {
        Table table = new Table("NAME", "VERSION", "STATE", ">GENERATION", ">USERS", "PROVIDES", "REASON");
        for (Fields plugin : answer.fields().objects("items")) {
            String provides = plugin.objects("provides").stream()
                    .map(extension -> extension.text("kind") + " " + extension.text("name")).collect(Collectors.joining(", "));
            table.row(plugin.text("name"), plugin.text("version"), plugin.text("state"), plugin.text("generation"),
                    plugin.text("users"), provides, plugin.text("reason"));
        }
        screen.table(table);
    }
}
