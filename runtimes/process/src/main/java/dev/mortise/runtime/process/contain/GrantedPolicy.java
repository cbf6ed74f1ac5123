package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Permissions;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.PluginFolders;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a manifest and the plugin's own folders amount to. */
final class GrantedPolicy {

    /** Below this, what a manifest grants would be a mere declaration. */
    private static final IsolationLevel LEAST = IsolationLevel.CONFINED;

    private GrantedPolicy() {}

    /** @throws IOException naming a permission or limit that has no meaning */
    static SandboxPolicy of(Manifest manifest, Path packageRoot, Path data, SocketFolders sockets) throws IOException {
        Permissions permissions = manifest.permissions();
        IsolationLevel minimum = manifest.minimumIsolation()
                .filter(level -> level.reaches(LEAST))
                .orElse(LEAST);
        try {
            SandboxPolicy policy = SandboxPolicy.of(
                            withRealJava(permissions),
                            manifest.limits(),
                            new PluginFolders(packageRoot, data, sockets.plugin()))
                    .keeping(sockets.host())
                    .demanding(IsolationReport.tier(minimum));
            return HostJava.isGranted(permissions) ? policy.allowing(FileRule.read(HostJava.home())) : policy;
        } catch (IllegalArgumentException e) {
            throw new IOException("its manifest cannot be enforced: " + e.getMessage(), e);
        }
    }

    private static Permissions withRealJava(Permissions permissions) {
        if (!HostJava.isGranted(permissions)) {
            return permissions;
        }
        SortedSet<String> programs = new TreeSet<>(permissions.run());
        programs.remove(HostJava.PERMISSION);
        programs.add(HostJava.program().toString());
        return new Permissions(
                permissions.network(),
                permissions.listen(),
                permissions.read(),
                permissions.write(),
                permissions.environment(),
                programs,
                permissions.threads(),
                permissions.reflection(),
                permissions.nativeAccess(),
                permissions.blocking());
    }
}
