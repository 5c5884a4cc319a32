package io.sluice.spi.control;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The services and their definitions.
 *
 * <p>A definition is given as JSON text and comes back as plain JSON values ({@code Map}, {@code List}, {@code String},
 * {@code Long}, {@code BigDecimal}, {@code Boolean}, {@code null}), every field as it came: <code>${…}</code> unexpanded, inline
 * private keys as {@code "***"}. A changed definition that carries {@code "***"} keeps the stored value in its place.
 *
 * <p>A change is planned first; only if the plan has no error in that service is it stored and then applied. What can
 * not be stored is not applied.
 *
 * @since 1.0
 */
@ProviderType
public interface ServiceControl {

    /** All that are defined, in the order of their files: those that run, parked ones, refused ones. */
    List<ServiceStatus> all();

    /** One of them. */
    Optional<ServiceStatus> find(String id);

    /**
     * What a definition would change, and what is wrong with it. Nothing is stored or applied.
     *
     * @param definition JSON text: one definition; its id may be one that exists or a new one
     * @return what is wrong with the definition is among the problems
     * @throws ControlRefused if the text is not JSON, with the place
     */
    Preview check(String definition) throws ControlRefused;

    /**
     * Stores and applies a definition, or previews that.
     *
     * @param id         the service
     * @param definition JSON text; its {@code api_id}, if it has one, must be {@code id}
     * @throws ControlRefused if it is not done, with the reasons
     */
    Outcome put(String id, String definition, Order order) throws ControlRefused;

    /**
     * Removes a definition, or previews that.
     *
     * @throws ControlRefused if it is not done, with the reasons
     */
    Outcome delete(String id, Order order) throws ControlRefused;

    /** The last changes of definitions, the newest first; at most 50. */
    List<Revision> history();

    /**
     * Puts all definitions back to what they were after a change, as one new change.
     *
     * @param change the id of the change in {@link #history}
     * @throws ControlRefused if it is not in the history, or if it is not done
     */
    Outcome rollback(long change, Order order) throws ControlRefused;

    /**
     * How a change is to be made.
     *
     * @param expectation what the caller believes of the present state
     * @param author      who asks for it, for the history
     * @param mode        whether it is made
     */
    record Order(Expectation expectation, String author, Mode mode) {
    }

    /** Whether a change is made or only previewed. */
    enum Mode {
        APPLY, DRY_RUN
    }
}
