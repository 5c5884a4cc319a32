package io.sluice.kernel.control;

import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.PluginStatus;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayStatus.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The gateway as the control room sees it. */
public interface Engine {

    /** What is in effect. Any thread. */
    Moment moment();

    /**
     * Does something on the control thread and waits for it. From any other thread.
     *
     * @throws ControlRefused if the gateway is ending, or what the turn throws
     */
    <T> T inTurn(Turn<T> turn) throws ControlRefused;

    /** Reads files that have changed since they were read, and applies what differs. Control thread. */
    void catchUp();

    /**
     * The same, but nothing is done unless this one file of definitions has changed: for a change that depends on no
     * other. Control thread.
     */
    void catchUp(String file);

    /**
     * What would come of other definitions; nothing is applied. Control thread.
     *
     * @param replaced files that cannot be read now, and would be by then: what ran from them does not go on by itself
     */
    PlanResult plan(List<RawService> definitions, Set<String> replaced);

    /**
     * Reads everything again and applies what differs. Control thread.
     *
     * @param author who asked for it
     * @param action what was done
     */
    void reread(String author, String action);

    /**
     * Reads files of definitions that were just written, and applies what differs. Control thread.
     *
     * @param files  which
     * @param tried  the plan that was made of the same before it was stored
     * @param author who asked for it
     * @param action what was done
     */
    void stored(Set<String> files, PlanResult tried, String author, String action);

    /** Reads settings, definitions and plugins now, and applies what differs. Control thread. */
    void reload();

    /** What a reload would put into effect, with the plugins that are loaded; nothing is applied. Control thread. */
    Moment foresee();

    /**
     * Holds a conversation that belongs to no service. Any thread.
     *
     * @param check  one entry of {@code check_list}
     * @param doubts takes what is doubtful about it, before this returns
     * @throws ControlRefused if it is not in order
     */
    CompletableFuture<ProbeReport> converse(String check, Consumer<Problem> doubts) throws ControlRefused;

    /** The plugins. Any thread. */
    List<PluginStatus> pluginStatuses();

    /**
     * Unloads a plugin by force. Control thread.
     *
     * @throws ControlRefused if there is none with that name
     */
    void unload(String plugin) throws ControlRefused;

    /**
     * What is in effect at one moment.
     *
     * @param result      the plan
     * @param definitions all that could be read
     * @param lost        what was last known of files that cannot be read now, and goes on if it ran
     * @param broken      the files of definitions that cannot be understood, by name
     * @param catalog     the extensions that the plan was made with
     * @param phase       where the gateway's life stands
     */
    record Moment(PlanResult result, List<RawService> definitions, List<RawService> lost,
            Map<String, BrokenFile> broken, ExtensionCatalog catalog, Phase phase) {

        /** What stands under an id (of several definitions the one that runs), or did so in a file that cannot be read now. */
        Optional<RawService> stored(String id) {
            return Standing.of(this, id);
        }
    }

    /** Something that is done on the control thread. */
    @FunctionalInterface
    interface Turn<T> {

        T take() throws ControlRefused;
    }
}
