package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** How something that changes is shown: once or again and again, for people or for programs. */
final class ViewOptions {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** Asks the gateway once. */
    interface Question {
        Answer ask() throws AdminFailure;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "a table for people, or the gateway's answer for programs (default: text)")
    private Format format = Format.TEXT;

    @Option(names = "--watch", paramLabel = "SECONDS", arity = "0..1", fallbackValue = "2",
            description = "show it again every so many seconds (2 unless given), until Ctrl-C")
    private Integer watch;

    /** Asks, and shows the answer to people with {@code view}; with {@code --watch} until the thread is interrupted. */
    int show(Question question, BiConsumer<Answer, Screen> view) throws AdminFailure {
        Screen screen = Screen.of(spec);
        if (watch == null) {
            print(question.ask(), view, screen);
            return ExitCode.OK;
        }
        if (watch < 1) {
            throw new ParameterException(spec.commandLine(), "--watch: " + watch + " (expected: a whole number of seconds, 1 or more)");
        }
        endedByInterrupt(screen);
        while (true) {
            again(question, view, screen);
            try {
                TimeUnit.SECONDS.sleep(watch);
            } catch (InterruptedException e) {
                return ExitCode.OK;
            }
        }
    }

    /** Ctrl-C is how a watch is meant to end, so it is no failure; also while an answer is waited for. */
    private static void endedByInterrupt(Screen screen) {
        Signal.handle(new Signal("INT"), signal -> {
            screen.raw(screen.isTerminal() ? System.lineSeparator() : "");
            Runtime.getRuntime().halt(ExitCode.OK);
        });
    }

    /** A gateway that restarts is waited for; a wrong key stays wrong. */
    private void again(Question question, BiConsumer<Answer, Screen> view, Screen screen) throws AdminFailure {
        try {
            Answer answer = question.ask();
            if (format == Format.TEXT) {
                screen.raw(screen.isTerminal() ? CLEAR : System.lineSeparator());
            }
            print(answer, view, screen);
        } catch (AdminFailure failure) {
            if (failure.kind() != AdminFailure.Kind.NOT_REACHABLE) {
                throw failure;
            }
            spec.commandLine().getErr().println("sluice: " + Screen.printable(failure.getMessage()));
            spec.commandLine().getErr().flush();
        }
    }

    private void print(Answer answer, BiConsumer<Answer, Screen> view, Screen screen) {
        if (format == Format.JSON) {
            screen.raw(answer.text().stripTrailing() + System.lineSeparator());
        } else {
            view.accept(answer, screen);
        }
    }
}
