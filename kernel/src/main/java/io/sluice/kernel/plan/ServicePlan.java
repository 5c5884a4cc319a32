package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.connection.ServiceInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One service, ready to run. Compared by identity; the planner hands out the same object as long as nothing about the
 * service has changed.
 *
 * @see Plan
 */
public final class ServicePlan {

    private final ServiceInfo info;
    private final Definition definition;
    private final Set<Path> files;
    private final ClientSide client;
    private final List<AccessPolicy> access;
    private final List<TargetPlan> targets;
    private final Optional<DiscoveryPlan> discovery;
    private final Balancing balancing;
    private final ConnectionRules rules;
    private final Checks checks;
    private final SteeringRules steering;
    private final Set<Generation> generations;

    /**
     * Where targets come from.
     *
     * @param targets   static ones, in the order of the definition, merged so that each address stands once
     * @param discovery finds others, which take their place
     */
    record Origins(List<TargetPlan> targets, Optional<DiscoveryPlan> discovery) {
        Origins {
            targets = List.copyOf(targets);
        }
    }

    /**
     * What health means for a service.
     *
     * @param checks   none when they are off
     * @param steering what follows from their results
     */
    record HealthRules(Checks checks, SteeringRules steering) {
    }

    /**
     * How its targets are chosen.
     *
     * @param name   of the extension and its plugin, for people
     * @param making makes a balancer for a group of targets with the same priority; called on a control thread
     */
    record Balancing(String name, Supplier<Balancer> making) {
    }

    /**
     * @param info        what extensions see of it
     * @param definition  what it was made from
     * @param files       the files that its definition refers to
     * @param client      its part of the listener's layers
     * @param access      asked in order; all must allow
     * @param origins     where its targets come from
     * @param balancing   how its targets are chosen
     * @param rules       deadlines, tries and limits of its connections
     * @param health      its health checks, and what follows from them
     * @param generations the plugins that its connections run through, those of the listener's layers not included
     */
    ServicePlan(ServiceInfo info, Definition definition, Set<Path> files, ClientSide client,
            List<AccessPolicy> access, Origins origins, Balancing balancing, ConnectionRules rules,
            HealthRules health, Set<Generation> generations) {
        this.info = info;
        this.definition = definition;
        this.files = Set.copyOf(files);
        this.client = client;
        this.access = List.copyOf(access);
        this.targets = origins.targets();
        this.discovery = origins.discovery();
        this.balancing = balancing;
        this.rules = rules;
        this.checks = health.checks();
        this.steering = health.steering();
        this.generations = Set.copyOf(generations);
    }

    public ServiceInfo info() {
        return info;
    }

    public Definition definition() {
        return definition;
    }

    /** The files that its definition refers to: certificates, keys, revocation lists. */
    public Set<Path> files() {
        return files;
    }

    public ClientSide client() {
        return client;
    }

    public List<AccessPolicy> access() {
        return access;
    }

    /** The static targets; with a discovery, those that serve until its first answer. */
    public List<TargetPlan> targets() {
        return targets;
    }

    public Optional<DiscoveryPlan> discovery() {
        return discovery;
    }

    /** Makes a balancer for a group of targets with the same priority. */
    public Supplier<Balancer> balancers() {
        return balancing.making();
    }

    /** What chooses its targets, with its plugin, for people. */
    public String balancerName() {
        return balancing.name();
    }

    public ConnectionRules rules() {
        return rules;
    }

    /** The health checks of a target; empty if nothing checks it. */
    public List<CheckPlan> checks(TargetPlan target) {
        return checks.of(target);
    }

    public SteeringRules steering() {
        return steering;
    }

    public Set<Generation> generations() {
        return generations;
    }

    @Override
    public String toString() {
        return info.id();
    }
}
