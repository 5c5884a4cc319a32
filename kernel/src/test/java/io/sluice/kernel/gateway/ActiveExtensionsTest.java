package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.gateway.ActiveExtensions.Handover;
import io.sluice.kernel.gateway.ActiveExtensions.Kind;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Configured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ActiveExtensionsTest {

    private final List<String> story = new ArrayList<>();

    /** A generation that says how often it is held. */
    private static final class Counting implements Generation {

        private final AtomicInteger holds = new AtomicInteger();
        private final long number;

        Counting(long number) {
            this.number = number;
        }

        @Override
        public String plugin() {
            return "thing";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public String file() {
            return "thing.jar";
        }

        @Override
        public void retain() {
            holds.incrementAndGet();
        }

        @Override
        public void release() {
            holds.decrementAndGet();
        }
    }

    record Config(String word) {
    }

    /** An extension that is started with a word. */
    private record Thing(String label, boolean works) implements Configured<Config> {

        @Override
        public String name() {
            return "thing";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }
    }

    @SuppressWarnings("unchecked")
    private ActiveExtensions<Configured<Record>, String> things(Handover handover) {
        Class<Configured<Record>> type = (Class<Configured<Record>>) (Class<?>) Configured.class;
        return new ActiveExtensions<>(new Kind<>(type, extension -> "plugin_settings.thing", (offer, config) -> {
            Thing thing = (Thing) (Configured<?>) offer.extension();
            if (!thing.works()) {
                throw new IllegalStateException("on purpose");
            }
            story.add("+" + thing.label() + ((Config) config).word());
            return thing.label() + ((Config) config).word();
        }, started -> story.add("-" + started), handover));
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatIsMissingOutsideIsToldAtItsSettingAndTriedAgain() throws BadJson {
        Class<Configured<Record>> type = (Class<Configured<Record>>) (Class<?>) Configured.class;
        List<String> there = new ArrayList<>();
        ActiveExtensions<Configured<Record>, String> things = new ActiveExtensions<>(new Kind<>(type,
                extension -> "plugin_settings.thing", (offer, config) -> {
                    if (there.isEmpty()) {
                        throw new UncheckedIOException("plugin_settings.thing.word: nowhere (expected: a file)", new IOException());
                    }
                    return "runs";
                }, started -> { }, Handover.NEW_FIRST));
        ExtensionCatalog catalog = catalog(new Counting(1), "a", true);
        assertThat(update(things, catalog, "nowhere")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("plugin_settings.thing.word: nowhere (expected: a file)");
            assertThat(problem.place().pointer()).isEqualTo("/plugin_settings/thing/word");
            assertThat(problem.place().line()).isEqualTo(1);
        });
        there.add("now");
        assertThat(update(things, catalog, "nowhere")).isEmpty();
        assertThat(things.active()).containsExactly("runs");
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatIsMissingOutsideIsFoundByACheckThatStartsNothing() throws BadJson {
        Class<Configured<Record>> type = (Class<Configured<Record>>) (Class<?>) Configured.class;
        Kind<Configured<Record>, String> kind = new Kind<>(type, extension -> "plugin_settings.thing", (extension, config) -> {
            if (((Config) config).word().equals("nowhere")) {
                throw new UncheckedIOException("plugin_settings.thing.word: nowhere (expected: a file)", new IOException());
            }
        }, (offer, config) -> {
            throw new AssertionError("never started");
        }, started -> { }, Handover.NEW_FIRST);
        ExtensionCatalog catalog = catalog(new Counting(1), "a", true);
        assertThat(ActiveExtensions.check(kind, catalog, settings("nowhere"))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("plugin_failed");
            assertThat(problem.message()).isEqualTo("plugin_settings.thing.word: nowhere (expected: a file)");
            assertThat(problem.place().pointer()).isEqualTo("/plugin_settings/thing/word");
        });
        assertThat(ActiveExtensions.check(kind, catalog, settings("here"))).isEmpty();
    }

    @Test
    void changedSettingsAndChangedCodeStartItAnew() throws BadJson {
        ActiveExtensions<Configured<Record>, String> things = things(Handover.NEW_FIRST);
        Counting first = new Counting(1);
        Counting second = new Counting(2);
        assertThat(update(things, catalog(first, "a", true), "1")).isEmpty();
        assertThat(update(things, catalog(first, "a", true), "1")).isEmpty();
        update(things, catalog(first, "a", true), "2");
        update(things, catalog(second, "b", true), "2");
        assertThat(story).containsExactly("+a1", "+a2", "-a1", "+b2", "-a2");
        assertThat(things.active()).containsExactly("b2");
        assertThat(first.holds).hasValue(0);
        assertThat(second.holds).hasValue(1);
        update(things, Fakes.catalog(), "2");
        assertThat(story).endsWith("-b2");
        assertThat(second.holds).hasValue(0);
    }

    @Test
    void newCodeThatFailsLeavesTheOldOneInPlaceAndIsTriedOnce() throws BadJson {
        for (Handover handover : Handover.values()) {
            story.clear();
            ActiveExtensions<Configured<Record>, String> things = things(handover);
            Counting first = new Counting(1);
            Counting second = new Counting(2);
            update(things, catalog(first, "a", true), "1");
            assertThat(update(things, catalog(second, "b", false), "1")).extracting(Problem::code).containsExactly("plugin_failed");
            List<String> after = List.copyOf(story);
            assertThat(update(things, catalog(second, "b", false), "1")).as("the problem stays").hasSize(1);
            assertThat(story).as("and nothing is tried again").isEqualTo(after);
            assertThat(things.active()).containsExactly("a1");
            assertThat(first.holds).hasValue(1);
            assertThat(second.holds).hasValue(0);
        }
    }

    @Test
    void whatNeedsThePortOfTheOldOneWaitsForItsEnd() throws BadJson {
        ActiveExtensions<Configured<Record>, String> things = things(Handover.OLD_FIRST);
        update(things, catalog(new Counting(1), "a", true), "1");
        update(things, catalog(new Counting(2), "b", true), "1");
        update(things, catalog(new Counting(3), "c", false), "1");
        things.close();
        assertThat(story).containsExactly("+a1", "-a1", "+b1", "-b1", "+b1", "-b1");
    }

    @Test
    void settingsThatCannotBeBoundChangeNothing() throws BadJson {
        ActiveExtensions<Configured<Record>, String> things = things(Handover.OLD_FIRST);
        Counting first = new Counting(1);
        update(things, catalog(first, "a", true), "1");
        Settings bad = SettingsReader.read(JsonReader.read("sluice.json",
                "{ \"plugin_settings\": { \"thing\": { \"word\": [] } } }", Optional.empty()), problem -> { }).value();
        assertThat(things.update(catalog(first, "a", true), bad)).hasSize(1);
        assertThat(things.active()).containsExactly("a1");
    }

    private static ExtensionCatalog catalog(Generation generation, String label, boolean works) {
        return Fakes.catalog(generation, new Thing(label, works));
    }

    private static List<Problem> update(ActiveExtensions<Configured<Record>, String> things, ExtensionCatalog catalog,
            String word) throws BadJson {
        List<Problem> problems = things.update(catalog, settings(word));
        things.stopRetired();
        return problems;
    }

    private static Settings settings(String word) throws BadJson {
        return SettingsReader.read(JsonReader.read("sluice.json",
                "{ \"plugin_settings\": { \"thing\": { \"word\": \"" + word + "\" } } }", Optional.empty()), problem -> { }).value();
    }
}
