package io.sluice.kernel.cli;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.ProblemLines;
import io.sluice.kernel.remote.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice status}: what runs, and what is wrong. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Show version, revision, totals and problems of a running gateway.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient client = admin.client();
        return view.show(() -> client.get(Route.of("v1", "status")), StatusCommand::print);
    }

    private static void print(Answer answer, Screen screen) {
        Fields status = answer.fields();
        status.json().members().forEach((name, member) -> {
            if (!(member.value() instanceof JsonArray)) {
                String text = name.equals("uptime") ? Amounts.span(Duration.ofSeconds(status.number(name))) : status.text(name);
                screen.line(String.format("%-12s %s", name, text));
            }
        });
        List<Fields> problems = status.objects("problems");
        screen.line(String.format("%-12s %s", "problems", problems.isEmpty() ? "none" : String.valueOf(problems.size())));
        problems.forEach(problem -> ProblemLines.of(problem).forEach(line -> screen.line("  " + line)));
    }
}
