package io.sluice.kernel.cli;

import io.sluice.kernel.remote.Answer;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --format} of a command that changes something. */
final class FormatOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "a sentence for people, or the gateway's answer for programs (default: text)")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }

    void print(Answer answer, BiConsumer<Answer, Screen> view) {
        Screen screen = Screen.of(spec);
        if (isJson()) {
            screen.raw(answer.text().stripTrailing() + System.lineSeparator());
        } else {
            view.accept(answer, screen);
        }
    }
}
