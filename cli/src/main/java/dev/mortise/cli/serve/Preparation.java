package dev.mortise.cli.serve;

import dev.mortise.server.MortiseServer;
import dev.mortise.storage.SqliteLibrary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What each host needs and what depends on no option: the classes of the database and of the web server, with what they
 * do once in a process. It is done on a second thread while the command line is read and the plugins start. Should it
 * fail, then so does the start itself, which has the words for it; so nothing is said here.
 *
 * <p>Each is to be waited for before it is used, since classes that two threads initialize in different orders may wait
 * for each other.
 */
final class Preparation {

    /** Nothing is done ahead. */
    static final Preparation NONE =
            new Preparation(CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(null));

    private final CompletableFuture<Void> database;
    private final CompletableFuture<Void> webServer;

    private Preparation(CompletableFuture<Void> database, CompletableFuture<Void> webServer) {
        this.database = database;
        this.webServer = webServer;
    }

    /** Starts the thread, which ends by itself. */
    static Preparation begin(Optional<Path> nativeLibraries) {
        CompletableFuture<Void> database = new CompletableFuture<>();
        CompletableFuture<Void> webServer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("mortise-prepare").start(() -> {
            attempt(database, () -> {
                nativeLibraries.ifPresent(SqliteLibrary::useUnpacked);
                SqliteLibrary.load();
            });
            attempt(webServer, MortiseServer::prepare);
        });
        return new Preparation(database, webServer);
    }

    private static void attempt(CompletableFuture<Void> done, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            System.getLogger(Preparation.class.getName()).log(System.Logger.Level.DEBUG, "preparing failed", e);
        } finally {
            done.complete(null);
        }
    }

    void awaitDatabase() {
        database.join();
    }

    void awaitWebServer() {
        webServer.join();
    }
}
