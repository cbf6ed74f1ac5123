package dev.mortise.runtime.jvm.loading;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of a plugin's resources, such as {@code mortise-plugin:/demo@1.0.0%233/lib/parser.jar!/templates/a.txt}.
 * They read from the class path's memory: the JDK's {@code jar:} URLs would keep the file open in a cache that the
 * whole JVM shares. Refers to the class path only, so that a URL that somebody keeps does not keep the class loader.
 */
final class ResourceHandler extends URLStreamHandler {

    private static final String SCHEME = "mortise-plugin";
    private static final String SEPARATOR = "!/";

    private final String loaderName;
    private final PluginClassPath classPath;

    ResourceHandler(String loaderName, PluginClassPath classPath) {
        this.loaderName = loaderName;
        this.classPath = classPath;
    }

    URL url(ClassPathElement element, String name) {
        try {
            String path = "/" + loaderName + "/" + element.label() + SEPARATOR + name;
            return URL.of(new URI(SCHEME, null, path, null), this);
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException("no URL can be made for the resource '" + name + "'", e);
        }
    }

    @Override
    protected URLConnection openConnection(URL url) {
        return new Connection(url);
    }

    /** The resource is in memory: there is nothing that a proxy could be asked for. */
    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) {
        return new Connection(url);
    }

    private byte @Nullable [] read(URL url) throws IOException {
        String path = path(url);
        String prefix = "/" + loaderName + "/";
        int separator = path.indexOf(SEPARATOR);
        if (!path.startsWith(prefix) || separator < prefix.length()) {
            return null;
        }
        ClassPathElement element = classPath.labelled(path.substring(prefix.length(), separator));
        return element == null ? null : element.read(path.substring(separator + SEPARATOR.length()));
    }

    private static String path(URL url) throws IOException {
        try {
            return url.toURI().getPath();
        } catch (URISyntaxException e) {
            throw new FileNotFoundException(url + " is not the address of a resource");
        }
    }

    private final class Connection extends URLConnection {

        private byte @Nullable [] content;

        Connection(URL url) {
            super(url);
        }

        @Override
        public void connect() throws IOException {
            content();
        }

        private byte[] content() throws IOException {
            byte[] result = content;
            if (result == null) {
                result = read(url);
                if (result == null) {
                    throw new FileNotFoundException(url + " is not there, or its plugin has been unloaded");
                }
                content = result;
                connected = true;
            }
            return result;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new ByteArrayInputStream(content());
        }

        @Override
        public long getContentLengthLong() {
            try {
                return content().length;
            } catch (IOException e) {
                // Unknown, as the method's contract has it.
                return -1;
            }
        }
    }
}
