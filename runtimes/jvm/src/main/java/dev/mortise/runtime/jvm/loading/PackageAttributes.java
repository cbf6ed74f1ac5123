package dev.mortise.runtime.jvm.loading;

import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What a jar's manifest says about one Java package: in the package's own section, or else for the whole jar. */
record PackageAttributes(Manifest manifest, String packageName) {

    @Nullable
    String value(Attributes.Name name) {
        Attributes own = manifest.getAttributes(packageName.replace('.', '/') + "/");
        String value = own == null ? null : own.getValue(name);
        return value != null ? value : manifest.getMainAttributes().getValue(name);
    }
}
