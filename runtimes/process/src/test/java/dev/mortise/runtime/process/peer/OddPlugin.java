package dev.mortise.runtime.process.peer;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.runtime.process.sdk.MortisePlugin;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Implements contracts as badly as it can. */
public final class OddPlugin {

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final CountDownLatch INTERRUPTED = new CountDownLatch(1);
    private static final JsonObject ANY = JsonObject.of("type", "object");

    private OddPlugin() {}

    public static void main(String[] arguments) {
        MortisePlugin.create()
                .service(Notifier.class, new Hanging())
                .service(StatusProvider.class, new Ending())
                .function(
                        "interrupted",
                        "Waits until a notification was interrupted",
                        ANY,
                        ANY,
                        (params, info) -> JsonObject.of("seen", INTERRUPTED.await(8, TimeUnit.SECONDS)))
                .serve();
    }

    private static String name() {
        return switch (System.getenv().getOrDefault("ODD_NAME", "odd")) {
            case "hang" -> {
                await();
                yield "never";
            }
            case "fail" -> throw new ServiceException(ServiceException.Kind.UNAVAILABLE, "nobody has told me");
            case "throw" -> throw new IllegalStateException("no name");
            case "empty" -> "";
            default -> "odd";
        };
    }

    private static void await() {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            INTERRUPTED.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private static final class Hanging implements Notifier {

        @Override
        public String name() {
            return OddPlugin.name();
        }

        @Override
        public void notify(Notification notification) {
            OddPlugin.await();
        }
    }

    private static final class Ending implements StatusProvider {

        @Override
        public String name() {
            return OddPlugin.name();
        }

        @Override
        public Check check(Component component) {
            Runtime.getRuntime().halt(7);
            throw new IllegalStateException("not reached");
        }
    }
}
