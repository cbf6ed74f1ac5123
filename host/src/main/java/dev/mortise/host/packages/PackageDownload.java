package dev.mortise.host.packages;

import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches packages by HTTPS, within a {@link UrlPolicy}.
 *
 * <p>Guaranteed: every URL on the way, the first and each of at most five redirects, has passed the policy; its host was
 * looked up once, every address found was checked, and the connection went to one of these very addresses, so that a
 * name cannot mean one thing when it is checked and another when it is used. For HTTPS the certificate must be valid for
 * the URL's host and trusted by the JVM. Proxies are not used, since they would look names up themselves. The time limit
 * covers all of it, and no more bytes are stored than allowed.
 *
 * <p>Safe for use by several threads.
 */
public final class PackageDownload {

    private static final int MAX_REDIRECTS = 5;

    private final UrlPolicy policy;
    private final PackageLimits limits;
    private final Duration timeout;
    private final HostLookup lookup;
    /** Not made before it is needed: reading the trusted certificates takes a good part of a host's start. */
    private final Supplier<SSLSocketFactory> tls;

    /**
     * @param limits of which that of an archive's length counts here
     * @param timeout for one download, redirects included
     */
    public PackageDownload(UrlPolicy policy, PackageLimits limits, Duration timeout) {
        this(policy, limits, timeout, HostLookup.system(), PackageDownload::trustOfJvm);
    }

    PackageDownload(
            UrlPolicy policy,
            PackageLimits limits,
            Duration timeout,
            HostLookup lookup,
            Supplier<SSLSocketFactory> tls) {
        this.policy = policy;
        this.limits = limits;
        this.timeout = timeout;
        this.lookup = lookup;
        this.tls = tls;
    }

    private static SSLSocketFactory trustOfJvm() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /**
     * Fetches what the URL refers to, as it is on the wire.
     *
     * @param file to make; it is not there if the result is a problem: {@code URL_REFUSED}, {@code DOWNLOAD_FAILED} or
     *     {@code PACKAGE_TOO_LARGE}
     * @throws IOException if the file cannot be written
     */
    public Result<Path> fetch(URI url, Path file) throws IOException {
        boolean complete = false;
        try (DownloadDeadline deadline = DownloadDeadline.start(timeout)) {
            URI current = RefusalException.unwrap(policy.check(url));
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                try (HttpGet get = send(current, deadline)) {
                    if (!get.head().isRedirect()) {
                        save(get, current, deadline, file);
                        complete = true;
                        return Result.ok(file);
                    }
                    current = RefusalException.unwrap(policy.check(target(current, get.head())));
                }
            }
            throw failed(url, "it was redirected more than " + MAX_REDIRECTS + " times");
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    private HttpGet send(URI url, DownloadDeadline deadline) throws RefusalException {
        List<InetAddress> addresses = RefusalException.unwrap(policy.check(url, lookUp(url, deadline)));
        try {
            return HttpGet.send(url, addresses, tls, deadline);
        } catch (IOException e) {
            throw failed(url, deadline, e);
        }
    }

    /** On a thread of its own, because a lookup cannot be ended from outside. */
    private List<InetAddress> lookUp(URI url, DownloadDeadline deadline) throws RefusalException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> lookup.addresses(HttpGet.hostOf(url)));
        Thread.ofVirtual().name("mortise-download-lookup").start(task);
        try {
            return task.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failed(url, tooSlow(deadline));
        } catch (ExecutionException e) {
            throw failed(
                    url,
                    e.getCause() instanceof UnknownHostException
                            ? "its host is not known"
                            : "its host cannot be looked up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(url, "the download was interrupted");
        }
    }

    private void save(HttpGet get, URI url, DownloadDeadline deadline, Path file) throws IOException {
        if (get.head().status() != 200) {
            throw failed(url, "the server answered with status " + get.head().status() + " instead of 200");
        }
        ArchiveFile.write(body(get, url, deadline), file, limits);
    }

    private InputStream body(HttpGet get, URI url, DownloadDeadline deadline) throws RefusalException {
        try {
            if (get.head().contentLength().orElse(0) > limits.archiveBytes()) {
                throw ArchiveFile.tooLarge(limits);
            }
            return new ResponseBody(get.body(), e -> failed(url, deadline, e));
        } catch (ProtocolException e) {
            throw failed(url, deadline, e);
        }
    }

    private static URI target(URI url, HttpHead head) throws RefusalException {
        String location = head.location().orElseThrow(() -> failed(url, "it is redirected to nowhere"));
        try {
            return url.resolve(location);
        } catch (IllegalArgumentException e) {
            throw failed(url, "it is redirected to something that is no URL");
        }
    }

    private static RefusalException failed(URI url, DownloadDeadline deadline, IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : Text.abbreviate(e.getMessage());
        return failed(url, deadline.hasExpired() ? tooSlow(deadline) : message);
    }

    private static RefusalException failed(URI url, String why) {
        return RefusalException.of(
                ProblemCode.DOWNLOAD_FAILED,
                "The package at " + UrlPolicy.shown(url) + " cannot be fetched: " + why + ".");
    }

    private static String tooSlow(DownloadDeadline deadline) {
        return "it took longer than " + deadline.limit().toMillis() + " ms";
    }
}
