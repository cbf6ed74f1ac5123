package dev.mortise.host.spi;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * What a runtime needs to run one instance.
 *
 * @param instance tells instances of the same plugin apart; unique while the host runs
 * @param root the unpacked package; shared, and never to be changed
 * @param config the effective configuration
 * @param services what the host offers to the plugin
 * @param contracts those that its manifest says it implements
 * @param dependencies the instances of the plugins that it requires
 */
public record InstanceRequest(
        long instance,
        Manifest manifest,
        Digest digest,
        Path root,
        JsonObject config,
        PluginServices services,
        SortedMap<PluginId, PluginInstance> dependencies,
        List<ServiceContract<?>> contracts) {}
