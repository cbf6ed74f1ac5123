package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.ContributionsView;
import dev.mortise.host.PluginView.Failure;
import dev.mortise.host.PluginView.Status;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.FailureRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What there is to see of each plugin: its place in the live generation, its instance and its record. */
final class PluginViews {

    private final Current current;
    private final Configurations configurations;
    private final HostStorage.Failures failures;
    private final Retirement retirement;
    private final DispatchPoints points;

    PluginViews(
            Current current,
            Configurations configurations,
            HostStorage.Failures failures,
            Retirement retirement,
            DispatchPoints points) {
        this.current = current;
        this.configurations = configurations;
        this.failures = failures;
        this.retirement = retirement;
        this.points = points;
    }

    List<PluginView> all() {
        SortedMap<PluginId, PluginView> views = new TreeMap<>();
        LiveGeneration generation = current.get();
        SortedMap<PluginId, FailureRecord> failed = new TreeMap<>();
        failures.all().forEach(failure -> failed.put(failure.plugin(), failure));
        failed.values().forEach(failure -> views.put(failure.plugin(), notInstalled(failure)));
        generation
                .members()
                .forEach((id, member) ->
                        views.put(id, installed(member, generation, Optional.ofNullable(failed.get(id)))));
        return List.copyOf(views.values());
    }

    Optional<PluginView> find(PluginId id) {
        Optional<FailureRecord> failure = failures.find(id);
        LiveGeneration generation = current.get();
        Member member = generation.members().get(id);
        return member == null ? failure.map(this::notInstalled) : Optional.of(installed(member, generation, failure));
    }

    private PluginView installed(Member member, LiveGeneration generation, Optional<FailureRecord> failure) {
        Optional<LiveInstance> instance = member.instance();
        Optional<Failure> recorded = failure.map(PluginViews::failure);
        return new PluginView(
                member.id(),
                member.entry().version().value(),
                status(member),
                Optional.of(member.manifest()),
                Optional.of(member.entry()),
                configurations.masked(member.manifest(), member.config()),
                instance.map(PluginViews::contributions).orElse(ContributionsView.NONE),
                points.hookViews(member),
                generation.services().offers(member),
                instance.map(LiveInstance::guardView),
                instance.flatMap(one -> one.plugin().isolation()),
                instance.map(LiveInstance::statistics).orElse(List.of()),
                member.standing() instanceof Member.Failed(var problem, var at)
                        ? Optional.of(new Failure(problem.code().code(), problem.message(), at))
                        : recorded.or(() -> instance.flatMap(LiveInstance::lastFault)),
                retirement.views(member.id()));
    }

    private PluginView notInstalled(FailureRecord failure) {
        return new PluginView(
                failure.plugin(),
                failure.version(),
                Status.NOT_INSTALLED,
                Optional.empty(),
                Optional.empty(),
                JsonObject.EMPTY,
                ContributionsView.NONE,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(failure(failure)),
                retirement.views(failure.plugin()));
    }

    private static Status status(Member member) {
        return switch (member.standing()) {
            case Member.Disabled _ -> Status.DISABLED;
            case Member.Failed _ -> Status.FAILED;
            case Member.Running(LiveInstance instance) -> instance.isQuarantined() ? Status.QUARANTINED : Status.ACTIVE;
        };
    }

    private static Failure failure(FailureRecord record) {
        return new Failure(record.code(), record.message(), record.at());
    }

    private static ContributionsView contributions(LiveInstance instance) {
        Contributions offered = instance.contributions();
        return new ContributionsView(
                offered.functions().stream().map(Contributions.Function::name).toList(),
                offered.events().stream().map(Contributions.EventType::name).toList(),
                offered.listeners().stream().map(Contributions.Listener::event).toList(),
                offered.routines().stream().map(Contributions.Routine::name).toList(),
                offered.hooks().stream().map(Contributions.Hook::className).toList(),
                instance.webhook().map(webhook -> "/" + webhook.prefix()).stream()
                        .toList());
    }
}
