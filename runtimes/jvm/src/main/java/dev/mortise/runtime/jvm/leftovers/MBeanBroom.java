package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** MBeans whose class is the plugin's, in every MBean server that there is. */
final class MBeanBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.MBEAN;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        List<Leftover> leftovers = new ArrayList<>();
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectName name : server.queryNames(null, null)) {
                if (isOf(plugin, server, name)) {
                    leftovers.add(unregister(server, name));
                }
            }
        }
        return leftovers;
    }

    private static boolean isOf(PluginClassLoader plugin, MBeanServer server, ObjectName name) {
        try {
            return plugin.equals(server.getClassLoaderFor(name));
        } catch (InstanceNotFoundException e) {
            // Somebody has just unregistered it.
            return false;
        }
    }

    private static Leftover unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
            return LeftoverKind.MBEAN.cleaned(name + "; unregister it in onUnload");
        } catch (JMException e) {
            return LeftoverKind.MBEAN.remaining(name + ": " + e.getMessage());
        }
    }
}
