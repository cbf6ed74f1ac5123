package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** The JVM's defaults for network access, as far as the plugin has replaced them. */
final class NetworkDefaultBroom implements Broom {

    private final @Nullable Authenticator authenticator = Authenticator.getDefault();
    private final @Nullable ProxySelector proxySelector = ProxySelector.getDefault();
    private final @Nullable CookieHandler cookieHandler = CookieHandler.getDefault();
    private final @Nullable ResponseCache responseCache = ResponseCache.getDefault();
    private final HostnameVerifier hostnameVerifier = HttpsURLConnection.getDefaultHostnameVerifier();

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.NETWORK_DEFAULT;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Leftover> leftovers = new ArrayList<>();
        restore(belonging, Authenticator.getDefault(), () -> Authenticator.setDefault(authenticator), leftovers);
        restore(belonging, ProxySelector.getDefault(), () -> ProxySelector.setDefault(proxySelector), leftovers);
        restore(belonging, CookieHandler.getDefault(), () -> CookieHandler.setDefault(cookieHandler), leftovers);
        restore(belonging, ResponseCache.getDefault(), () -> ResponseCache.setDefault(responseCache), leftovers);
        restore(
                belonging,
                HttpsURLConnection.getDefaultHostnameVerifier(),
                () -> HttpsURLConnection.setDefaultHostnameVerifier(hostnameVerifier),
                leftovers);
        return leftovers;
    }

    private static void restore(
            Belonging belonging, @Nullable Object present, Runnable restoration, List<Leftover> leftovers) {
        if (present != null && belonging.isOwn(present)) {
            restoration.run();
            leftovers.add(LeftoverKind.NETWORK_DEFAULT.cleaned(
                    "a " + present.getClass().getName() + " as a default of the whole JVM; a plugin must not set it"));
        }
    }
}
